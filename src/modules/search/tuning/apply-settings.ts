import pg from "pg";
import type { SearchKind } from "#entities/search/search-settings";
import type { RequestContext } from "#kernel/context";
import { as } from "#kernel/database/database";
import { inTransaction } from "#kernel/database/transaction";
import { rebuild, RebuildUnderWay } from "#modules/index";
import { meilisearchOf } from "../meilisearch/connection.ts";
import { applyIndexSettings } from "../sync/apply-index-settings.ts";
import type { KnownIndex } from "../sync/engine-state.ts";

/**
 * Makes the engine work by what is set. PostgreSQL is told with each search. Meilisearch's settings are
 * an index's: the first time, the tenant's documents move to indexes of its own, by a rebuild.
 */
export async function applySettings(ctx: RequestContext, kind: SearchKind): Promise<void> {
  if (!meilisearchOf(ctx.db)) return;
  const ofModel = kind === "products" ? "product" : "node";
  for (;;) {
    const own = await ownIndexes(ctx, ofModel);
    if (own.length > 0) return applyTo(ctx, own);
    try {
      return await rebuild(ctx, { kind: ofModel, ownIndex: () => Promise.resolve(true) });
    } catch (error) {
      // Perhaps the one that moves them already, for an earlier change.
      if (!(error instanceof RebuildUnderWay)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}

/** None while the tenant's documents lie among everybody's. */
function ownIndexes(ctx: RequestContext, kind: KnownIndex["kind"]) {
  return inTransaction(ctx, (tx) =>
    tx.sql<Pick<KnownIndex, "uid" | "kind" | "locale" | "tenantId">>(
      `select uid, i.kind, locale, i.tenant_id as "tenantId"
       from search_indexes i
       join index_generations g on g.kind = i.kind and g.state = 'live' and g.own_index
       where i.tenant_id = $1 and i.kind = $2`,
      [tx.tenant.id, kind],
    ),
  );
}

async function applyTo(
  { db }: RequestContext,
  indexes: Parameters<typeof applyIndexSettings>[2][],
) {
  const engine = meilisearchOf(db);
  if (!engine) return;
  const reader = new pg.Client({ connectionString: db.url, options: as("rustok_search") });
  // The next query says that the connection dropped; unheard, it would end the process.
  reader.on("error", () => {});
  await reader.connect();
  try {
    for (const index of indexes) await applyIndexSettings(reader, engine.client, index);
  } finally {
    await reader.end();
  }
}
