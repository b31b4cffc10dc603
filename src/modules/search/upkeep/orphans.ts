import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { meilisearchOf } from "../meilisearch/connection.ts";
import { documentId, indexUid, parseDocumentId, scopeOf } from "../meilisearch/indexes.ts";
import { placeOf } from "../place.ts";
import type { SearchDifference } from "./difference.ts";

/** How many documents are looked at at once. */
const pageSize = 1_000;

/** Documents said to be of the tenant's live generation that nothing of the tenant's stands behind. */
export async function* orphans(
  ctx: RequestContext,
  kind: "product" | "node",
): AsyncGenerator<SearchDifference> {
  const engine = meilisearchOf(ctx.db);
  if (!engine) return;
  for (const locale of ctx.tenant.locales) {
    const { generation, own } = await placeOf(ctx.db, ctx.tenant, kind, locale);
    const uid = indexUid(engine.prefix, kind, locale, own ? ctx.tenant.id : null);
    const filter = `scope = "${scopeOf(ctx.tenant.id, generation)}"`;
    for (let offset = 0; ; offset += pageSize) {
      const { results } = await engine.client
        .index(uid)
        .getDocuments({ filter, fields: ["id"], limit: pageSize, offset });
      if (results.length === 0) break;
      const ids = results.map(({ id }) => id as string);
      for (const id of await baseless(ctx, kind, locale, generation, ids)) {
        const entityId = parseDocumentId(id)?.entityId ?? id;
        const at = { uid, generation, documentId: id };
        yield {
          store: "search engine",
          kind,
          id: entityId,
          locale,
          reason: "orphaned",
          fields: [],
          at,
        };
      }
    }
  }
}

/** Those of the documents' ids that are of no row of the tenant's. */
async function baseless(
  ctx: RequestContext,
  kind: "product" | "node",
  locale: string,
  generation: number,
  ids: string[],
): Promise<string[]> {
  const [table, column] =
    kind === "product" ? ["index_products", "product_id"] : ["index_content", "node_id"];
  const parsed = ids.map((id) => ({ id, ...parseDocumentId(id) }));
  const rows = await inTransaction(ctx, (tx) =>
    tx.sql<{ id: string }>(
      `select ${column} as id from ${table}
       where ${column} = any ($1::uuid[]) and locale = $2 and generation = $3`,
      [parsed.flatMap(({ entityId }) => entityId ?? []), locale, generation],
    ),
  );
  const known = new Set(rows.map(({ id }) => documentId(id, generation)));
  return ids.filter((id) => !known.has(id));
}
