import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { inLanes } from "#kernel/in-lanes";
import { knownIds, type OnProgress } from "./known-ids.ts";
import { readModels, type ReadModel } from "./read-model.ts";

/** Where the read model is not what the source would make it. */
export interface Difference {
  store: "read model";
  kind: ReadModel["kind"];
  id: string;
  locale: string;
  /** Not there, not as it should be, or there with nothing behind it. */
  reason: "missing" | "stale" | "orphaned";
  /** The columns that differ, of a stale row. */
  fields: string[];
}

/** How many pages are compared at once, each on a connection of its own: the database has cores enough for two. */
const lanes = 2;

/**
 * Recomputes every row of the tenant from source and compares. Changes nothing.
 * While work is still in the queue, what it has not come to yet is reported as well.
 */
export async function* verify(
  ctx: RequestContext,
  options: { onProgress?: OnProgress } = {},
): AsyncGenerator<Difference> {
  for (const model of readModels) {
    const pages = knownIds(ctx, model, options);
    for await (const found of inLanes(lanes, pages, (ids) => compare(ctx, model, ids)))
      yield* found;
  }
}

/** The same for one page of one kind, after an id; with where the next one begins, or null at the end. */
export async function verifyPage(
  ctx: RequestContext,
  kind: ReadModel["kind"],
  after: string | null,
  size: number,
): Promise<{ differences: Difference[]; next: string | null }> {
  const model = readModels.find((one) => one.kind === kind) as ReadModel;
  for await (const ids of knownIds(ctx, model, { after, size })) {
    return { differences: await compare(ctx, model, ids), next: ids.at(-1) ?? null };
  }
  return { differences: [], next: null };
}

/** What was changed longer ago than this is projected, or will not be. */
const settledMs = 120_000;

/** Those of the differences that are no mere lag: neither the entity, nor what it shows, nor the tenant was changed lately. */
export function withoutLag(
  ctx: RequestContext,
  kind: ReadModel["kind"],
  differences: Difference[],
): Promise<Difference[]> {
  const { table, id } = readModels.find((one) => one.kind === kind) as ReadModel;
  return inTransaction(ctx, async (tx) => {
    const rows = await tx.sql<{ id: string }>(
      `select found.id from unnest($1::uuid[]) found (id)
       where exists (
         select from sys_events
         where aggregate_id in (
             select unnest(array[found.id, current_tenant()])
             union all
             select unnest(shows) from ${table} where ${id} = found.id)
           and occurred_at > now() - $2 * interval '1 ms')`,
      [[...new Set(differences.map((one) => one.id))], settledMs],
    );
    const changed = new Set(rows.map((row) => row.id));
    return differences.filter((one) => !changed.has(one.id));
  });
}

/**
 * All columns but `indexed_at` and `shared_revision`: a change elsewhere moves the latter on without
 * touching this document. Rows are compared byte by byte (`*=`), which settles nearly all of them; of the
 * others it is decided as values.
 */
function compare(ctx: RequestContext, model: ReadModel, ids: string[]): Promise<Difference[]> {
  const { kind, table, id, projection, columns } = model;
  const compared = ["tenant_id", id, "locale", "revision", ...columns].join(", ");
  return inTransaction(ctx, (tx) =>
    tx.sql<Difference>(
      `with fresh as materialized (
         select ${id} as id, locale, facts
         from (select ${compared} from ${projection}($1)) facts
       ),
       stored as (
         select ${id} as id, locale, facts
         from (select ${compared} from ${table}
               where ${id} = any ($1::uuid[])
                 and generation = (select live_generation(current_tenant(), '${kind}'))) facts
       )
       select 'read model' as store, '${kind}' as kind, id, locale,
         case when stored.id is null then 'missing' when fresh.id is null then 'orphaned' else 'stale' end as reason,
         array(
           select key from jsonb_each(to_jsonb(fresh.facts)) one
             join jsonb_each(to_jsonb(stored.facts)) other using (key)
           where one.value <> other.value
           order by key
         ) as fields
       from fresh full join stored using (id, locale)
       where (fresh.facts *= stored.facts) is not true
         and to_jsonb(fresh.facts) is distinct from to_jsonb(stored.facts)
       order by id, locale`,
      [ids],
    ),
  );
}
