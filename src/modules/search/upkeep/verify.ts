import type { Meilisearch } from "meilisearch";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/transaction";
import { documentId, indexUid, scopeOf } from "../meilisearch/indexes.ts";
import { meilisearchOf } from "../meilisearch/connection.ts";
import { cardsOf } from "../sync/cards.ts";
import type { DocumentKey } from "../sync/documents.ts";
import type { SearchDifference } from "./difference.ts";
import { orphans } from "./orphans.ts";

interface Options {
  /** Passes over what is on its way to the engine. */
  settled?: boolean;
  /** Ends with this entity; without, with a page. */
  to?: string;
}

/** How many documents are compared at once. */
const pageSize = 1_000;

/**
 * Compares the search engine with the read model, document by document. Changes nothing, and finds
 * nothing where PostgreSQL searches. What is still on its way to the engine differs, unless left out.
 */
export async function* verifySearch(
  ctx: RequestContext,
  options: Options = {},
): AsyncGenerator<SearchDifference> {
  if (!meilisearchOf(ctx.db)) return;
  for (const kind of ["product", "node"] as const) {
    for (let after: string | null = null; ;) {
      const page = await verifySearchPage(ctx, kind, after, options);
      yield* page.differences;
      if (page.next === null) break;
      after = page.next;
    }
    yield* orphans(ctx, kind);
  }
}

/** One page of the documents there should be, after an id; with where the next begins, or null at the end. */
export async function verifySearchPage(
  ctx: RequestContext,
  kind: "product" | "node",
  after: string | null,
  { settled = false, to }: Options = {},
): Promise<{ differences: SearchDifference[]; next: string | null }> {
  const engine = meilisearchOf(ctx.db);
  if (!engine) return { differences: [], next: null };
  const expected = await inTransaction(ctx, async (tx) => {
    const keys = await tx.sql<DocumentKey & { problem: string | null; settled: boolean }>(
      pageOfDocuments(kind),
      [after ?? "00000000-0000-0000-0000-000000000000", pageSize, to ?? null],
    );
    return cardsOf((text, values) => tx.sql(text, values), keys);
  });
  const differences: SearchDifference[] = [];
  const wanted = expected.filter((document) => document.settled || !settled);
  const byIndex = Map.groupBy(wanted, ({ locale, own }) =>
    indexUid(engine.prefix, kind, locale, own ? ctx.tenant.id : null),
  );
  for (const [uid, documents] of byIndex) {
    const there = await fetched(engine.client, uid, documents);
    for (const document of documents) {
      const { entityId, locale, generation, card, problem } = document;
      const at = { uid, generation, documentId: idOf(document) };
      const facts = { store: "search engine", kind, id: entityId, locale, at } as const;
      const found = there.get(at.documentId);
      if (card === null) {
        if (found) differences.push({ ...facts, reason: "orphaned", fields: [] });
        else if (problem) differences.push({ ...facts, reason: "refused", fields: [problem] });
      } else if (!found) {
        differences.push({ ...facts, reason: "missing", fields: [] });
      } else {
        const fields = differing(card as unknown as Record<string, unknown>, found);
        if (fields.length > 0) differences.push({ ...facts, reason: "stale", fields });
      }
    }
  }
  return { differences, next: expected.at(-1)?.entityId ?? null };
}

/** Whole entities, so that a page ends between two. */
const pageOfDocuments = (kind: "product" | "node") => {
  const [table, id] =
    kind === "product" ? ["index_products", "product_id"] : ["index_content", "node_id"];
  return `
    select r.tenant_id as "tenantId", '${kind}' as kind, r.generation, r.${id} as "entityId", r.locale,
      d.problem, coalesce(d.done_version = d.version, false) as settled,
      coalesce(d.refused_version = d.version, false) as refused
    from ${table} r
    left join search_documents d
      on d.tenant_id = r.tenant_id and d.kind = '${kind}' and d.generation = r.generation
     and d.entity_id = r.${id} and d.locale = r.locale
    where r.generation = (select live_generation(current_tenant(), '${kind}'))
      and r.${id} in (
        select distinct ${id} from ${table}
        where ${id} > $1 and ($3::uuid is null or ${id} <= $3) and generation = (select live_generation(current_tenant(), '${kind}'))
        order by ${id} limit $2)
    order by r.${id}, r.locale`;
};

const idOf = ({ entityId, generation }: DocumentKey) => documentId(entityId, generation);

/** Those of the documents that the index has where searches of their tenant look. */
async function fetched(client: Meilisearch, uid: string, documents: DocumentKey[]) {
  const [{ tenantId, generation } = { tenantId: "", generation: 0 }] = documents;
  const filter = `scope = "${scopeOf(tenantId, generation)}"`;
  const ids = documents.map(idOf);
  const { results } = await client.index(uid).getDocuments({ ids, filter, limit: ids.length });
  return new Map(results.map((document) => [document["id"] as string, document]));
}

/** The fields of either that the other does not have alike. */
function differing(card: Record<string, unknown>, found: Record<string, unknown>): string[] {
  const fields = new Set([...Object.keys(card), ...Object.keys(found)]);
  return [...fields].filter((field) => canonical(card[field]) !== canonical(found[field])).sort();
}

/** JSON by which two values are compared, whatever the order of their fields. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value ?? null, (_, part: unknown) =>
    part && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
