import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { projectionsEnded, refresh } from "./projection.ts";
import { batchSize, readModels, type ReadModel } from "./read-model.ts";

/**
 * Projects anew exactly the documents that show one of these categories, tags or authors: call it
 * after one was renamed, moved or deleted. A category is shown by all that is filed below it, too.
 *
 * Who shows them is asked of the read model, since a delete has taken the source's own rows. That
 * misses nothing: a projection from before the change has written its row by now, for we wait until
 * those under way have ended, and one that starts after it reads the new state.
 */
export async function reproject(ctx: RequestContext, sharedIds: string[]): Promise<void> {
  await projectionsEnded(ctx);
  for (const model of readModels) {
    const ids = await showing(ctx, model, sharedIds);
    for (let start = 0; start < ids.length; start += batchSize) {
      await refresh(ctx, model, ids.slice(start, start + batchSize));
    }
  }
}

/** The ids of the documents, at once: a hundred thousand are about 10 MB, and paging would search anew for each page. */
export function showing(
  ctx: RequestContext,
  { table, id }: ReadModel,
  sharedIds: string[],
): Promise<string[]> {
  return inTransaction(ctx, async (tx) => {
    const rows = await tx.sql<{ id: string }>(
      `select distinct ${id} as id from ${table} where shows && $1::uuid[] order by id`,
      [sharedIds],
    );
    return rows.map((row) => row.id);
  });
}
