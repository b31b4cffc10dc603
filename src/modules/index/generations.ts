import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { Conflict } from "#kernel/errors";
import type { ReadModel } from "./read-model.ts";

/** One of the several read models a tenant may have of a kind. */
export interface Generation {
  generation: number;
  state: "building" | "live" | "previous" | "retired";
  /** Whether its documents lie in search indexes of the tenant's own. */
  ownIndex: boolean;
  /** The last id that building has come to; null at the beginning. */
  builtTo: string | null;
}

type Kind = ReadModel["kind"];

/** What was being built is not wanted any more: somebody went back meanwhile. */
export class RebuildAbandoned extends Conflict {
  constructor(kind: string) {
    super(`The rebuild of the ${kind} documents was abandoned meanwhile; what is read stays.`);
  }
}

/** The generation being built: taken up where it was left, or begun anew. */
export function beginBuilding(
  ctx: RequestContext,
  kind: Kind,
  ownIndex: boolean,
): Promise<Generation> {
  return inTransaction(ctx, async (tx) => {
    const begun = (await generationsOf(tx, kind)).find(({ state }) => state === "building");
    if (begun && begun.ownIndex === ownIndex) return begun;
    if (begun) await abandon(tx, kind);
    const [building] = await tx.sql<Generation>(
      `insert into index_generations (tenant_id, kind, generation, state, own_index)
       select $1, $2, max(generation) + 1, 'building', $3 from index_generations
       where tenant_id = $1 and kind = $2
       returning ${columns}`,
      [tx.tenant.id, kind, ownIndex],
    );
    if (!building) throw new Error(`No generation of ${kind} was begun.`);
    return building;
  });
}

/** Notes how far building has come, in the transaction that came so far. Throws {@link RebuildAbandoned}. */
export async function noteBuilt(
  tx: Transaction,
  kind: Kind,
  generation: number,
  builtTo: string,
): Promise<void> {
  const noted = await tx.sql(
    `update index_generations set built_to = $3
     where kind = $1 and generation = $2 and state = 'building' returning 1`,
    [kind, generation, builtTo],
  );
  if (noted.length === 0) throw new RebuildAbandoned(kind);
}

/**
 * Makes the generation under construction the one that is read, by every process from the commit on.
 * Throws {@link RebuildAbandoned}, and nothing has changed.
 */
export function cutOver(ctx: RequestContext, kind: Kind, generation: number): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    await demoteLive(tx, kind);
    if (!(await promote(tx, kind, generation, "building"))) throw new RebuildAbandoned(kind);
  });
}

/**
 * Goes back: abandons a rebuild that is under way, or else reads again what was read before the last
 * cut-over; what was live is kept, so that one can go forth again. Answers what it did; undefined when
 * there is nothing to go back to.
 */
export function rollBack(
  ctx: RequestContext,
  kind: Kind,
): Promise<{ did: "abandoned" | "rolled back"; generation: number } | undefined> {
  return inTransaction(ctx, async (tx) => {
    const abandoned = await abandon(tx, kind);
    if (abandoned !== undefined) return { did: "abandoned", generation: abandoned };
    const [last] = await tx.sql<{ generation: number }>(
      `select generation from index_generations where kind = $1 and state = 'previous'
       order by retired_at desc limit 1 for update`,
      [kind],
    );
    if (!last) return undefined;
    await demoteLive(tx, kind);
    await promote(tx, kind, last.generation, "previous");
    return { did: "rolled back", generation: last.generation };
  });
}

export async function generationsOf(tx: Transaction, kind: Kind): Promise<Generation[]> {
  return tx.sql<Generation>(
    `select ${columns} from index_generations where kind = $1 order by generation for update`,
    [kind],
  );
}

const columns = `generation, state, own_index as "ownIndex", built_to as "builtTo"`;

async function abandon(tx: Transaction, kind: Kind): Promise<number | undefined> {
  const [row] = await tx.sql<{ generation: number }>(
    `update index_generations set state = 'retired', retired_at = now()
     where kind = $1 and state = 'building' returning generation`,
    [kind],
  );
  return row?.generation;
}

async function demoteLive(tx: Transaction, kind: Kind): Promise<void> {
  await tx.sql(
    "update index_generations set state = 'previous', retired_at = now() where kind = $1 and state = 'live'",
    [kind],
  );
}

/** Answers whether it was in the state it was taken to be in. */
async function promote(
  tx: Transaction,
  kind: Kind,
  generation: number,
  from: "building" | "previous",
): Promise<boolean> {
  const promoted = await tx.sql(
    `update index_generations set state = 'live', live_at = now(), retired_at = null
     where kind = $1 and generation = $2 and state = $3 returning 1`,
    [kind, generation, from],
  );
  return promoted.length > 0;
}
