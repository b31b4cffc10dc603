import { setTimeout as sleep } from "node:timers/promises";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";

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
      set version = excluded.version, traceparent = excluded.traceparent,
          since = case when known.done_version = known.version then excluded.since else known.since end
      returning 1
    )
    select pg_notify('${searchChannel}', '') from (select from noted limit 1) any_one`;

const caughtUpPollMs = 200;

/**
 * Resolves when the search engine has everything as it was at the call, of one generation or of all;
 * at once where there is no engine. Indexes of the tenant's own are ready then. What changes from then on does not hold it up.
 */
export async function engineHasCaughtUp(
  ctx: RequestContext,
  of?: { kind: string; generation: number },
  onProgress: (progress: { done: number; total: number }) => void = () => {},
): Promise<void> {
  const at = await moment(ctx);
  for (let total: number | undefined; ;) {
    const waiting = await documentsWaiting(ctx, at, of);
    total ??= waiting;
    if (total > 0) onProgress({ done: total - waiting, total });
    if (waiting === 0) return;
    await sleep(caughtUpPollMs);
  }
}

/** How many documents a rebuild may be ahead of the search engine: enough to keep that busy. */
const mostAhead = 10_000;
const aheadPollMs = 500;

/**
 * Resolves when the search engine lacks few enough documents of a generation that it is worth making more:
 * what is made far ahead of it only takes the cores from it, and from editors and shoppers.
 */
export async function engineKeepsUp(
  ctx: RequestContext,
  { kind, generation }: { kind: string; generation: number },
): Promise<void> {
  while (await isAhead()) await sleep(aheadPollMs);

  function isAhead(): Promise<boolean> {
    return inTransaction(ctx, async (tx) => {
      const lacking = await tx.sql(
        `select from search_documents
         where tenant_id = $1 and kind = $2 and generation = $3
           and sent_task is null and done_version is distinct from version
         offset ${mostAhead} limit 1`,
        [tx.tenant.id, kind, generation],
      );
      return lacking.length > 0;
    });
  }
}

/** The database's clock, by which changes are told apart. */
function moment(ctx: RequestContext): Promise<Date> {
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.sql<{ now: Date }>("select clock_timestamp() as now");
    return row?.now ?? new Date();
  });
}

function documentsWaiting(
  ctx: RequestContext,
  at: Date,
  of: { kind: string; generation: number } | undefined,
): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    // In two parts, each of which has an index: this is asked while there are many.
    const [row] = await tx.sql<{ waiting: number }>(
      `with missing as (
         select since, kind, generation from search_documents
         where tenant_id = $1 and done_version is distinct from version and sent_task is null
         union all
         select since, kind, generation from search_documents
         where tenant_id = $1 and done_version is distinct from version and sent_task is not null
       )
       select count(*)::integer + (
         select count(*)::integer from search_indexes
         where tenant_id = $1 and not ready and ($3::text is null or kind = $3)) as waiting
       from missing
       where since <= $2 and ($3::text is null or kind = $3 and generation = $4)`,
      [tx.tenant.id, at, of?.kind, of?.generation],
    );
    return row?.waiting ?? 0;
  });
}
