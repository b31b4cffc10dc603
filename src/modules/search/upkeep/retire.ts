import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { removeRetired, retire, retireAll, type Retired } from "#modules/index";
import { meilisearchOf } from "../meilisearch/connection.ts";
import { scopeOf } from "../meilisearch/indexes.ts";
import { done } from "../sync/done.ts";

/** Removes the read models that nobody can go back to any more, from the search engine first. */
export async function removeOldGenerations(ctx: RequestContext, keepMs?: number): Promise<void> {
  for (const retired of await retire(ctx, keepMs)) {
    if (await isLeftAlone(ctx, retired)) {
      await removeFromEngine(ctx, retired);
      await removeRetired(ctx, retired);
    }
  }
}

/**
 * Removes everything of a tenant that is to go, from the search engine first. Throws when the engine does
 * not answer, or still has documents of it to take in: call it again.
 */
export async function removeTenant(ctx: RequestContext): Promise<void> {
  for (const retired of await retireAll(ctx)) {
    if (!(await isLeftAlone(ctx, retired))) {
      throw new Error("The search engine still takes documents of the tenant in.");
    }
    await removeFromEngine(ctx, retired);
    await removeRetired(ctx, retired);
  }
}

/**
 * Whether the engine has been told all there is to tell of it: what is on its way, or was read to be sent
 * a moment ago, would turn up after the removal. Nobody tells where there is no engine.
 */
async function isLeftAlone(ctx: RequestContext, { kind, generation }: Retired): Promise<boolean> {
  if (!meilisearchOf(ctx.db)) return true;
  return inTransaction(ctx, async (tx) => {
    const left = await tx.sql(
      `select from search_documents
       where tenant_id = $1 and kind = $2 and generation = $3
         and (sent_task is not null or done_version is distinct from version)
       limit 1`,
      [tx.tenant.id, kind, generation],
    );
    return left.length === 0;
  });
}

async function removeFromEngine(ctx: RequestContext, { kind, generation }: Retired) {
  const engine = meilisearchOf(ctx.db);
  if (!engine || kind === "category") return;
  // The shared ones and the tenant's own: no others are to be seen.
  const rows = await inTransaction(ctx, (tx) =>
    tx.sql<{ uid: string }>("select uid from search_indexes where kind = $1", [kind]),
  );
  const filter = `scope = "${scopeOf(ctx.tenant.id, generation)}"`;
  for (const { uid } of rows) {
    await done(engine.client, await engine.client.index(uid).deleteDocuments({ filter }));
  }
}
