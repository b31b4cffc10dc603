import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/transaction";
import { knownIds, type OnProgress } from "./known-ids.ts";
import { refresh } from "./projection.ts";
import { readModels, type ReadModel } from "./read-model.ts";

/**
 * Projects everything of the tenant, and clears rows that nothing stands behind any more.
 * Safe at any time and resumable from the start: storefronts read on, row by row from old to new.
 */
export async function rebuild(
  ctx: RequestContext,
  options: { kind?: ReadModel["kind"]; onProgress?: OnProgress } = {},
): Promise<void> {
  for (const model of readModels) {
    if (options.kind && options.kind !== model.kind) continue;
    for await (const ids of knownIds(ctx, model, options.onProgress)) {
      await refresh(ctx, model, ids);
      await clearOrphans(ctx, model, ids);
    }
  }
}

/** Rows of a locale the tenant no longer has, or of an id that is neither an entity nor a deleted one. */
function clearOrphans(ctx: RequestContext, model: ReadModel, ids: string[]): Promise<void> {
  const { kind, table, id, source } = model;
  return inTransaction(ctx, async (tx) => {
    await tx.sql(
      `delete from ${table} stored
       using tenants tenant
       where tenant.id = stored.tenant_id
         and stored.${id} = any ($1::uuid[])
         and (stored.locale <> all (tenant.locales)
           or not exists (select from ${source} where id = stored.${id})
             and not exists (
               select from tombstones where kind = '${kind}' and aggregate_id = stored.${id}))`,
      [ids],
    );
  });
}
