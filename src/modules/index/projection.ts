import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { traced } from "#kernel/observability/tracing";
import { categories, content, products, type ReadModel } from "./read-model.ts";
import { noteChanges } from "./search-documents.ts";

/** Brings the documents of these products up to date, in every locale; ids of nothing are passed over. */
export const refreshProducts = (ctx: RequestContext, ids: string[]) => refresh(ctx, products, ids);

/** The same for nodes. */
export const refreshContent = (ctx: RequestContext, ids: string[]) => refresh(ctx, content, ids);

/** The same for categories. */
export const refreshCategories = (ctx: RequestContext, ids: string[]) =>
  refresh(ctx, categories, ids);

/**
 * Writes what the source says now to every generation that is kept, unless a row already shows
 * something newer.
 *
 * An entity's own revision and the tenant's shared one both only ever grow, and the statement reads
 * them with all the rest in one snapshot: of two projections the later is the one whose pair is greater.
 */
export function refresh(ctx: RequestContext, model: ReadModel, ids: string[]): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    await underWay(tx);
    const facts = { "db.collection.name": model.table, "rustok.entities": ids.length };
    await traced(`write ${model.table}`, { facts }, () =>
      tx.sql(upsert(model, "g.state <> 'retired'", newerWins), [ids]),
    );
  });
}

/** The same for one generation alone: what building it does. */
export async function refreshGeneration(
  tx: Transaction,
  model: ReadModel,
  ids: string[],
  generation: number,
): Promise<void> {
  await underWay(tx);
  await tx.sql(upsert(model, "g.generation = $2", newerWins), [ids, generation]);
}

/**
 * Writes to these rows of what is read, and to no others, what the source says now, whatever they say
 * of their revisions: they may have been tampered with. No other projection of the tenant is under way
 * meanwhile, so what it reads is newest.
 */
export async function overwrite(
  tx: Transaction,
  model: ReadModel,
  rows: { id: string; locale: string }[],
): Promise<void> {
  const those = `(p.${model.id}, p.locale) in (select * from unnest($1::uuid[], $2::text[]))`;
  await projectionsEnded(tx);
  await tx.sql(upsert(model, `g.state = 'live' and ${those}`, "true"), [
    rows.map(({ id }) => id),
    rows.map(({ locale }) => locale),
  ]);
}

const newerWins =
  "(stored.revision, stored.shared_revision) <= (excluded.revision, excluded.shared_revision)";

/**
 * Rows are written in the order of their keys, so that two refreshes of the same rows wait instead of
 * locking up. What was written is noted for the search engine, if there is one, in the same statement.
 */
function upsert(
  { kind, table, id, projection, columns }: ReadModel,
  generations: string,
  guard: string,
): string {
  const written = ["revision", "shared_revision", ...columns];
  return `
    with written as (
      insert into ${table} as stored (tenant_id, ${id}, locale, generation, ${written.join(", ")})
      select p.tenant_id, p.${id}, p.locale, g.generation, ${written.map((column) => `p.${column}`).join(", ")}
      from ${projection}($1) p
      join index_generations g on g.tenant_id = p.tenant_id and g.kind = '${kind}' and ${generations}
      order by p.${id}, p.locale, g.generation
      on conflict (tenant_id, ${id}, locale, generation) do update
      set ${written.map((column) => `${column} = excluded.${column}`).join(", ")}, indexed_at = now()
      where ${guard}
      returning stored.tenant_id, stored.${id} as entity_id, stored.locale, stored.generation
    )
    ${kind === "category" ? "select from written" : noteChanges(kind)}`;
}

const turnstile = "hashtextextended('rustok projections of ' || $1, 0)";

/** Has a projection say that it is under way, before the statement that takes its snapshot. */
async function underWay(tx: Transaction): Promise<void> {
  await tx.sql(`select pg_advisory_xact_lock_shared(${turnstile})`, [tx.tenant.id]);
}

/**
 * Resolves when every projection of the tenant that is under way has ended.
 * After it, the read model has whatever was projected from a state older than this moment.
 * In a caller's transaction it keeps others from starting, too, until that ends.
 */
export function projectionsEnded(ctx: RequestContext): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    await tx.sql(`select pg_advisory_xact_lock(${turnstile})`, [tx.tenant.id]);
  });
}
