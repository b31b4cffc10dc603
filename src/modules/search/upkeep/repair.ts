import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { meilisearchOf } from "../meilisearch/connection.ts";
import { documentId, indexUid, parseDocumentId } from "../meilisearch/indexes.ts";
import { done } from "../sync/done.ts";
import type { DocumentKey } from "../sync/documents.ts";
import type { SearchDifference } from "./difference.ts";

/**
 * Has just these documents sent to the engine as the read model has them now, whoever they belong to,
 * and removes at once what belongs to nobody. Resolves before the engine has them.
 */
export async function repairSearch(
  ctx: RequestContext,
  differences: SearchDifference[],
): Promise<void> {
  const engine = meilisearchOf(ctx.db);
  if (!engine) return;
  const groups = Map.groupBy(
    differences.filter(({ reason }) => reason !== "refused"),
    ({ kind, locale, at }) => JSON.stringify([at.uid, kind, locale, at.generation]),
  );
  for (const [group, members] of groups) {
    const [uid, kind, locale, generation] = JSON.parse(group) as [
      string,
      "product" | "node",
      string,
      number,
    ];
    const gone = await touch(
      ctx,
      { kind, locale, generation },
      members,
      (owner, own) => indexUid(engine.prefix, kind, locale, own ? owner : null) === uid,
    );
    if (gone.length > 0)
      await done(engine.client, await engine.client.index(uid).deleteDocuments(gone));
  }
}

/** Has what somebody owns sent again; answers the documents that are nobody's in this index. */
async function touch(
  ctx: RequestContext,
  { kind, locale, generation }: Pick<DocumentKey, "kind" | "locale" | "generation">,
  differences: SearchDifference[],
  liesHere: (owner: string, own: boolean) => boolean,
): Promise<string[]> {
  const orphaned = differences.filter(({ reason }) => reason === "orphaned");
  const rest = differences.filter(({ reason }) => reason !== "orphaned");
  return inTransaction(ctx, async (tx) => {
    // A row of the read model that was never noted for the engine is noted now.
    await tx.sql(
      `insert into search_documents (tenant_id, kind, generation, entity_id, locale)
       select $1, $2, $3, id, $4 from unnest($5::uuid[]) id order by id on conflict do nothing`,
      [tx.tenant.id, kind, generation, locale, rest.map(({ id }) => id)],
    );
    const owned = new Set<string>();
    const ids = differences.flatMap(({ at }) => parseDocumentId(at.documentId)?.entityId ?? []);
    const touched = await tx.sql<{ tenant_id: string; entity_id: string; own: boolean }>(
      "select tenant_id, entity_id, own from touch_search_documents($1, $2, $3, $4)",
      [kind, generation, ids, locale],
    );
    for (const { tenant_id, entity_id, own } of touched) {
      if (liesHere(tenant_id, own)) owned.add(documentId(entity_id, generation));
    }
    await tx.sql("select pg_notify('rustok_search', '')");
    return orphaned.map(({ at }) => at.documentId).filter((id) => !owned.has(id));
  });
}
