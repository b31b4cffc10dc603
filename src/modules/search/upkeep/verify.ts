import { isDeepStrictEqual } from "node:util";
import type { Meilisearch } from "meilisearch";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { inLanes } from "#kernel/in-lanes";
import { documentId, indexUid, scopeOf } from "../meilisearch/indexes.ts";
import { type MeilisearchConnection, meilisearchOf } from "../meilisearch/connection.ts";
import { cardsOf, type Placed } from "../sync/cards.ts";
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

/** How many pages are compared at once: while the engine or the database works on one, we do on the other. */
const lanes = 2;

/**
 * Compares the search engine with the read model, document by document. Changes nothing, and finds
 * nothing where PostgreSQL searches. What is still on its way to the engine differs.
 */
export async function* verifySearch(ctx: RequestContext): AsyncGenerator<SearchDifference> {
  if (!meilisearchOf(ctx.db)) return;
  for (const kind of ["product", "node"] as const) {
    const pages = pagesOf(ctx, kind);
    for await (const found of inLanes(lanes, pages, (page) => compare(ctx, page))) yield* found;
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
  if (!meilisearchOf(ctx.db)) return { differences: [], next: null };
  const page = await pageAfter(ctx, kind, after, to);
  const next = page.at(-1)?.entityId ?? null;
  if (!settled) return { differences: await compare(ctx, page), next };
  const differences = await compare(
    ctx,
    page.filter((document) => document.settled),
  );
  return { differences: await unmoved(ctx, page, differences), next };
}

interface ExpectedDocument extends DocumentKey {
  version: string | null;
  problem: string | null;
  /** Whether the engine is said to have it as it is. */
  settled: boolean;
  /** Whether the engine cannot have it as it is. */
  refused: boolean;
}

async function* pagesOf(
  ctx: RequestContext,
  kind: "product" | "node",
): AsyncGenerator<ExpectedDocument[]> {
  for (let after: string | null = null; ;) {
    const page: ExpectedDocument[] = await pageAfter(ctx, kind, after);
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = last.entityId;
  }
}

function pageAfter(
  ctx: RequestContext,
  kind: "product" | "node",
  after: string | null,
  to?: string,
): Promise<ExpectedDocument[]> {
  const first = after ?? "00000000-0000-0000-0000-000000000000";
  return inTransaction(ctx, (tx) =>
    tx.sql<ExpectedDocument>(pageOfDocuments(kind), [first, pageSize, to ?? null]),
  );
}

/** What the engine has of these documents, against what it should have. */
async function compare(ctx: RequestContext, page: ExpectedDocument[]): Promise<SearchDifference[]> {
  const { client, prefix } = meilisearchOf(ctx.db) as MeilisearchConnection;
  const expected = await inTransaction(ctx, (tx) =>
    cardsOf((text, values) => tx.sql(text, values), page),
  );
  const differences: SearchDifference[] = [];
  const byIndex = Map.groupBy(expected, ({ kind, locale, own }) =>
    indexUid(prefix, kind, locale, own ? ctx.tenant.id : null),
  );
  for (const [uid, documents] of byIndex) {
    const there = await fetched(client, uid, documents);
    for (const document of documents) {
      const found = there.get(idOf(document));
      const difference = differenceOf(document, found);
      if (!difference) continue;
      const { kind, entityId, locale, generation } = document;
      const at = { uid, generation, documentId: idOf(document) };
      differences.push({ store: "search engine", kind, id: entityId, locale, ...difference, at });
    }
  }
  return differences;
}

/** Those of documents that have not changed since the page was read: row and engine are not read at one moment. */
async function unmoved(
  ctx: RequestContext,
  page: ExpectedDocument[],
  differences: SearchDifference[],
): Promise<SearchDifference[]> {
  const [{ kind, generation } = { kind: "", generation: 0 }] = page;
  if (differences.length === 0) return [];
  const rows = await inTransaction(ctx, (tx) =>
    tx.sql<{ id: string; locale: string; version: string }>(
      `select entity_id as id, locale, version from search_documents
       where kind = $1 and generation = $2 and entity_id = any ($3::uuid[]) and done_version = version`,
      [kind, generation, differences.map(({ id }) => id)],
    ),
  );
  const now = new Set(rows.map(({ id, locale, version }) => `${id} ${locale} ${version}`));
  const before = new Map(page.map((one) => [`${one.entityId} ${one.locale}`, one.version]));
  return differences.filter(({ id, locale }) =>
    now.has(`${id} ${locale} ${before.get(`${id} ${locale}`)}`),
  );
}

function differenceOf(
  { card, problem }: ExpectedDocument & Placed,
  found: Record<string, unknown> | undefined,
): Pick<SearchDifference, "reason" | "fields"> | undefined {
  if (card === null) {
    if (found) return { reason: "orphaned", fields: [] };
    return problem ? { reason: "refused", fields: [problem] } : undefined;
  }
  if (!found) return { reason: "missing", fields: [] };
  const fields = differing(card as unknown as Record<string, unknown>, found);
  return fields.length > 0 ? { reason: "stale", fields } : undefined;
}

/** Whole entities, so that a page ends between two. */
const pageOfDocuments = (kind: "product" | "node") => {
  const [table, id] =
    kind === "product" ? ["index_products", "product_id"] : ["index_content", "node_id"];
  return `
    select r.tenant_id as "tenantId", '${kind}' as kind, r.generation, r.${id} as "entityId", r.locale,
      d.version, d.problem, coalesce(d.done_version = d.version, false) as settled,
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
  return [...fields]
    .filter((field) => !isDeepStrictEqual(card[field] ?? null, found[field] ?? null))
    .sort();
}
