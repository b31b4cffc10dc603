import { LockMode, type EntityClass, type FilterQuery } from "@mikro-orm/postgresql";
import type { Transaction } from "#kernel/database/transaction";
import { NotFound, StaleRevision } from "#kernel/errors";

/** What is locked, versioned and announced as one. */
export interface Aggregate {
  id: string;
  tenantId: string;
  revision: number;
  updatedAt: Date;
}

/**
 * Loads the aggregate for a change and keeps everybody else's change waiting until the transaction ends.
 * Throws {@link NotFound}, or {@link StaleRevision} when the caller had read another revision.
 */
export async function lock<Root extends Aggregate>(
  tx: Transaction,
  root: EntityClass<Root>,
  id: string,
  expected?: number | null,
): Promise<Root> {
  const found = await tx.em.findOne<Root>(root, { id } as FilterQuery<Root>, {
    lockMode: LockMode.PESSIMISTIC_WRITE,
  });
  const what = root.name.toLowerCase();
  if (!found) throw new NotFound(what, id);
  if (expected !== undefined && expected !== null && found.revision !== expected) {
    throw new StaleRevision(what, id, expected, found.revision);
  }
  return found;
}

/**
 * Changes fields of the aggregate's root, leaving those that are undefined, and raises its revision:
 * the read model orders by it. A change of its parts calls this too, with no fields.
 */
export function change<Root extends Aggregate>(
  tx: Transaction,
  root: Root,
  fields: { [Field in keyof Root]?: Root[Field] | undefined } = {},
): void {
  tx.em.assign(root, fields as never, { ignoreUndefined: true });
  root.revision += 1;
  root.updatedAt = tx.now;
}

/**
 * Says that something many documents show has changed: a category, a tag, an author, a locale.
 * Changes of this kind take turns within a tenant, which is what makes their order a number.
 */
export async function touchShared(tx: Transaction): Promise<void> {
  await tx.sql("update tenants set shared_revision = shared_revision + 1 where id = $1", [
    tx.tenant.id,
  ]);
}

/** Removes the aggregate and leaves the revision that no later projection may fall behind. */
export async function bury(tx: Transaction, kind: string, root: Aggregate): Promise<void> {
  change(tx, root);
  tx.em.remove(root);
  await tx.sql(
    `insert into tombstones (tenant_id, aggregate_id, kind, revision, deleted_at) values ($1, $2, $3, $4, $5)`,
    [tx.tenant.id, root.id, kind, root.revision, tx.now],
  );
}
