import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/transaction";

/** The channel that wakes whoever feeds the search engine; the payload is empty, the table says what there is to do. */
export const searchChannel = "rustok_search";

/**
 * Ends a statement whose `written` has the rows of the read model that changed: raises the version of
 * the documents they stand for, where there is an engine to feed, and wakes who feeds it on commit.
 */
export const noteChanges = (kind: string): string => `
    , noted as (
      insert into search_documents as known (tenant_id, kind, generation, entity_id, locale)
      select tenant_id, '${kind}', generation, entity_id, locale from written
      where exists (select from search_engine)
      on conflict (tenant_id, kind, generation, entity_id, locale) do update
      set version = excluded.version,
          since = case when known.done_version = known.version then excluded.since else known.since end
      returning 1
    )
    select pg_notify('${searchChannel}', '') from (select from noted limit 1) any_one`;

/** The database's clock, by which changes are told apart. */
export function moment(ctx: RequestContext): Promise<Date> {
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.sql<{ now: Date }>("select clock_timestamp() as now");
    return row?.now ?? new Date();
  });
}

/** How many documents of a generation the engine does not have as they were at the moment; 0 without an engine. */
export function documentsWaiting(
  ctx: RequestContext,
  { kind, generation, at }: { kind: string; generation: number; at: Date },
): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.sql<{ waiting: number }>(
      `select count(*)::integer as waiting from search_documents
       where tenant_id = $1 and kind = $2 and generation = $3 and since <= $4
         and done_version is distinct from version`,
      [tx.tenant.id, kind, generation, at],
    );
    return row?.waiting ?? 0;
  });
}
