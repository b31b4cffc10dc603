import type { Changes, RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";

/** How soon to look, and how seldom at last. */
const lookMs = { first: 20, longest: 100 };

/**
 * Whether the search engine has what was changed; it is waited for as long as the changes allow. What
 * has no document of its own, such as a tag, is shown by others: then all that waited at that time counts.
 */
export async function engineShows(ctx: RequestContext, changes: Changes): Promise<boolean> {
  for (let wait = lookMs.first; ; wait = Math.min(wait * 2, lookMs.longest)) {
    if (!(await isBehind(ctx, changes))) return true;
    if (performance.now() > changes.waitUntil) return false;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

/** A document that the engine has refused is not in it, though nothing waits. */
function isBehind(ctx: RequestContext, changes: Changes): Promise<boolean> {
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.sql<{ behind: boolean }>(
      `select exists (
         select from search_documents d
         join index_generations g using (tenant_id, kind, generation)
         where g.state = 'live' and d.entity_id = any ($1::uuid[])
           and (d.done_version is distinct from d.version or d.refused_version = d.version)
       ) or exists (
         select from unnest($1::uuid[]) changed (id)
         where not exists (select from search_documents d where d.entity_id = changed.id)
       ) and exists (
         select from search_documents d
         join index_generations g using (tenant_id, kind, generation)
         where g.state = 'live' and d.since <= $2::timestamptz and d.done_version is distinct from d.version
       ) as behind`,
      [changes.aggregateIds, changes.projectedAt],
    );
    return row?.behind ?? false;
  });
}
