import type { Meilisearch } from "meilisearch";
import type { Tenant } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import { cursorOf } from "../cursor.ts";
import type {
  ContentSearch,
  Found,
  FoundContent,
  FoundProducts,
  ProductSearch,
  SearchEngine,
} from "../engine.ts";
import type { PlaceOf } from "../place.ts";
import type { Asking } from "./asking.ts";
import { type Answered, countsOf, priceRangeOf, ranked } from "./answer.ts";
import { contentCardOf, type FoundHit, productCardOf } from "./hits.ts";
import { type IndexKind, indexUid, parseDocumentId, scopeOf } from "./indexes.ts";
import { labelsFrom } from "./labels.ts";
import { searchAll } from "./mixed.ts";
import { passedOver, queryText } from "./query-text.ts";
import { type Page, requestOf } from "./request.ts";

export interface EngineOptions {
  client: Meilisearch;
  /** What the names of indexes begin with. */
  prefix: string;
  placeOf: PlaceOf;
  /** Where names of categories, tags and authors are read. */
  db: Pick<Database, "pool">;
  /** How long a request may take, in milliseconds. */
  timeoutMs?: number;
}

/** Searches Meilisearch, with one request each. Throws whatever goes wrong with that. */
export function meilisearchEngine(options: EngineOptions): SearchEngine {
  const { client, prefix, placeOf, db, timeoutMs = 1_500 } = options;
  const asking: Asking = {
    client,
    labelsOf: labelsFrom(db),
    signal: () => AbortSignal.timeout(timeoutMs),
    async shelfOf(tenant, kind, locale) {
      const { generation, own } = await placeOf(tenant, kind, locale);
      const uid = indexUid(prefix, kind, locale, own ? tenant.id : null);
      return { uid, generation, scope: scopeOf(tenant.id, generation) };
    },
  };
  return {
    searchProducts: (tenant, search) => searchProducts(asking, tenant, search),
    searchContent: (tenant, search) => searchContent(asking, tenant, search),
    searchAll: (tenant, search) => searchAll(asking, tenant, search),
  };
}

async function searchProducts(
  asking: Asking,
  tenant: Tenant,
  search: ProductSearch,
): Promise<FoundProducts> {
  const answer = await ask(asking, tenant, "product", search);
  if (!answer) return { ...nothing(search), priceRange: null };
  return {
    ...(await foundIn(asking, tenant, "product", search, answer, productCardOf)),
    priceRange: priceRangeOf(search, answer.answered),
  };
}

async function searchContent(
  asking: Asking,
  tenant: Tenant,
  search: ContentSearch,
): Promise<FoundContent> {
  const answer = await ask(asking, tenant, "node", search);
  return answer ? foundIn(asking, tenant, "node", search, answer, contentCardOf) : nothing(search);
}

interface Answer {
  answered: Answered[];
  page: Page;
}

/** Null for a query that nothing can be found by. */
async function ask(
  { client, shelfOf, signal }: Asking,
  tenant: Tenant,
  kind: IndexKind,
  search: ProductSearch | ContentSearch,
): Promise<Answer | null> {
  const text = queryText(search.query, passedOver(search.locale, search.tuning));
  if (text === null && search.pinned.length === 0) return null;
  const { asked, page } = requestOf(
    search,
    text ?? unfindable,
    await shelfOf(tenant, kind, search.locale),
  );
  const queries = asked.map(({ query }) => query);
  const { results } = await client.multiSearch({ queries }, { signal: signal() });
  return {
    page,
    answered: asked.map((one, i) => ({ ...one, result: results[i] as Answered["result"] })),
  };
}

/** A query that nothing is found by, for finding what is pinned alone. */
const unfindable = '"\ue001"';

async function foundIn<Shown, Asked extends ProductSearch | ContentSearch>(
  { labelsOf }: Asking,
  tenant: Tenant,
  kind: IndexKind,
  search: Asked,
  { answered, page }: Answer,
  cardOf: (hit: FoundHit, search: Asked) => Shown,
): Promise<Found<Shown, never>> {
  const { hits, hasMore, total } = pageOf(search, answered, page);
  const counts = countsOf(search, answered);
  const values = Object.fromEntries(
    [...counts].map(([facet, counted]) => [facet, [...counted.keys()]]),
  );
  const labelOf = await labelsOf({ tenantId: tenant.id, kind, locale: search.locale }, values);
  return {
    ...nothing(search),
    hits: hits.map((hit, i) => ({
      cursor: cursorOf(page.order, { place: null, offset: page.offset + i + 1 }),
      card: cardOf(hit, search),
    })),
    hasMore,
    totalCount: search.withTotal ? total : null,
    facets: Object.fromEntries(
      [...counts].map(([facet, counted]) => [
        facet,
        ranked(counted, (value) => labelOf(facet, value)),
      ]),
    ),
  };
}

/** Pinned ones first, in their order. */
function pageOf(search: ProductSearch | ContentSearch, answered: Answered[], page: Page) {
  const answerOf = (role: string) => answered.find((one) => one.role === role)?.result;
  const [found, first] = [answerOf("hits"), answerOf("pinned hits")];
  const place = (hit: FoundHit) =>
    search.pinned.indexOf(parseDocumentId(String(hit["id"]))?.entityId ?? "");
  const pinned = (first?.hits ?? []).toSorted((a, b) => place(a) - place(b));
  const from = Math.max(0, page.offset - pinned.length) - page.skipped;
  const all = [...pinned.slice(page.offset), ...(found?.hits ?? []).slice(from)];
  return {
    hits: all.slice(0, search.first),
    hasMore: all.length > search.first,
    // All words have to match: what is found is known before it is ranked, there is nothing to estimate.
    total: (found?.estimatedTotalHits ?? 0) + pinned.length,
  };
}

function nothing({ withTotal }: Pick<ProductSearch, "withTotal">) {
  return {
    hits: [],
    hasMore: false,
    totalCount: withTotal ? 0 : null,
    facets: {},
    engine: "meilisearch" as const,
    degraded: false,
  };
}
