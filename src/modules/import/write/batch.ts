import { products } from "#modules/commerce";
import type { Transaction } from "#kernel/database/transaction";
import { BadUserInput, DomainError } from "#kernel/errors";
import type { ImportRecord } from "../records.ts";
import { namedBy, nameOf, type Name } from "./names.ts";
import { findOwn } from "./own.ts";
import type { Plan, Site } from "./plan.ts";
import { planOf } from "./plans.ts";
import type { ProductPlan } from "./product.ts";
import { findReferences, saveReferences, takeTurn, type Reference } from "./references.ts";
import type { Report } from "./report.ts";

export interface Given {
  line: number;
  record: ImportRecord;
  checksum: string;
}

/**
 * Writes the records and the references to them: both or neither, when the transaction ends.
 * A record that is wrong in itself is told in the report; what a service or the database refuses is
 * thrown, and spoils the transaction. `own` gathers what the shop had before, for later batches.
 */
export async function writeBatch(
  tx: Transaction,
  source: string,
  given: Given[],
  own: Map<string, string>,
): Promise<Report> {
  await takeTurn(tx, source);
  const names = given.flatMap(({ record }) => [
    { type: record.type, key: record.key },
    ...namedBy(record),
  ]);
  const known = await findReferences(tx, source, names);
  const batch = new Batch(tx, known, own);
  for (const each of given) await batch.write(each);
  await saveReferences(tx, source, await batch.finish());
  return batch.report;
}

class Batch {
  readonly report: Report = { created: 0, updated: 0, unchanged: 0, failed: [] };
  readonly #tx: Transaction;
  readonly #known: ReadonlyMap<string, Reference>;
  readonly #own: Map<string, string>;
  readonly #site: Site;
  readonly #written: Reference[] = [];
  readonly #newIds = new Map<string, string>();
  readonly #newProducts: { given: Given; plan: ProductPlan }[] = [];

  constructor(tx: Transaction, known: ReadonlyMap<string, Reference>, own: Map<string, string>) {
    this.#tx = tx;
    this.#known = known;
    this.#own = own;
    this.#site = { tenant: tx.tenant, idOf: (type, key) => this.#idOf({ type, key }) };
  }

  async write(given: Given): Promise<void> {
    const { record, checksum } = given;
    const name = nameOf(record);
    const before = this.#known.get(name);
    if (before?.checksum === checksum || (!before && (await this.#isOwn(record)))) {
      this.report.unchanged += 1;
      return;
    }
    const plan = this.#plan(given);
    if (!plan) return;
    if (before) {
      await plan.update(this.#tx, before.id);
      this.#wrote(given, before.id);
      this.report.updated += 1;
    } else if ("input" in plan) {
      this.#newProducts.push({ given, plan });
    } else {
      this.#wrote(given, await plan.create(this.#tx));
      this.report.created += 1;
      // The ORM does not know that the next record may refer to this one. Nodes it inserts in order.
      if (record.type !== "node") await this.#tx.em.flush();
    }
  }

  /** Writes the new products, all together, and returns the references to everything that was written. */
  async finish(): Promise<Reference[]> {
    const inputs = this.#newProducts.map(({ plan }) => plan.input);
    const ids = inputs.length > 0 ? await products.createAll(this.#tx, inputs) : [];
    for (const [index, { given }] of this.#newProducts.entries()) {
      this.#wrote(given, ids[index] ?? "");
      this.report.created += 1;
    }
    return this.#written;
  }

  #wrote({ record: { type, key }, checksum }: Given, id: string): void {
    this.#newIds.set(nameOf({ type, key }), id);
    this.#written.push({ type, key, id, checksum });
  }

  async #isOwn(record: ImportRecord): Promise<boolean> {
    const id = await findOwn(this.#tx, record);
    if (id !== undefined) this.#own.set(nameOf(record), id);
    return id !== undefined;
  }

  #plan({ line, record }: Given): Plan | ProductPlan | undefined {
    try {
      return planOf(record, this.#site);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.report.failed.push({ line, reason: error.message });
      return undefined;
    }
  }

  #idOf(name: Name): string {
    const id =
      this.#newIds.get(nameOf(name)) ??
      this.#known.get(nameOf(name))?.id ??
      this.#own.get(nameOf(name));
    if (id) return id;
    throw BadUserInput.at([name.type], `"${name.key}" could not be imported`);
  }
}
