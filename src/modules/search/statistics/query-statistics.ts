import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";

/** How often something was searched for. */
export interface QueryStatistic {
  query: string;
  searches: number;
  withoutResults: number;
}

/** Which days, both included and as 2026-11-23, in UTC; which locale, if not all. */
export interface Wanted {
  from: string;
  to: string;
  locale: string | null;
  first: number;
}

/** What was searched for most. */
export const popular = (ctx: RequestContext, wanted: Wanted) =>
  counted(ctx, wanted, "sum(searches)");

/** What was searched for most in vain. */
export const withoutResults = (ctx: RequestContext, wanted: Wanted) =>
  counted(ctx, wanted, "sum(without_results)");

function counted(
  ctx: RequestContext,
  { from, to, locale, first }: Wanted,
  most: string,
): Promise<QueryStatistic[]> {
  return inTransaction(ctx, (tx) =>
    tx.sql<QueryStatistic>(
      `select query, sum(searches)::float8 as searches, sum(without_results)::float8 as "withoutResults"
       from search_queries
       where day between $1 and $2 and ($3::text is null or locale = $3)
       group by query
       having ${most} > 0
       order by ${most} desc, query
       limit $4`,
      [from, to, locale, first],
    ),
  );
}

const days = { counted: 400, popular: 30 };
const today = "(now() at time zone 'utc')::date";

/** The query for the ids of tenants that have something to remove. */
export const tenantsWithOldQueries = `
  select id from tenants_with_old_queries(${today} - ${days.counted}, ${today} - ${days.popular}) t(id)
  order by id`;

/**
 * Removes what was counted more than 400 days ago, and answers how many rows that were. What was last
 * searched for more than thirty days ago is no suggestion any more.
 */
export function forgetOldQueries(ctx: RequestContext): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    await tx.sql(`delete from search_popular where last_day < ${today} - ${days.popular}`);
    const [row] = await tx.sql<{ forgotten: number }>(
      `with gone as (
         delete from search_queries where day < ${today} - ${days.counted} returning query
       )
       select count(*)::integer as forgotten from gone`,
    );
    return row?.forgotten ?? 0;
  });
}
