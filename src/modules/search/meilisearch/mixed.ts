import type { FederatedMultiSearchParams } from "meilisearch";
import type { Tenant } from "#kernel/context";
import type { FoundMixed, MixedHit, MixedSearch } from "../engine.ts";
import type { Asking, Shelf } from "./asking.ts";
import { contentCardOf, type FoundHit, productCardOf } from "./hits.ts";
import { documentId, parseDocumentId } from "./indexes.ts";
import { passedOver, queryText } from "./query-text.ts";
import { shownFields } from "./fields.ts";
import { bound, oneOf, type Question } from "./scope.ts";

/**
 * Products and content in one list. Meilisearch merges the two, with the better match first; where they
 * match alike, products go first. What is pinned takes a second request.
 */
export async function searchAll(
  asking: Asking,
  tenant: Tenant,
  search: MixedSearch,
): Promise<FoundMixed> {
  const { client, shelfOf, signal } = asking;
  const [products, content] = await Promise.all([
    shelfOf(tenant, "product", search.locale),
    shelfOf(tenant, "node", search.locale),
  ]);
  const cardOf = (hit: FoundHit): MixedHit =>
    hit["handle"] === undefined
      ? { kind: "content", card: contentCardOf(hit, search) }
      : { kind: "product", card: productCardOf(hit, search) };
  const [found, pinned] = await Promise.all([
    matching(asking, search, products, content),
    search.pinned.length > 0
      ? client.multiSearch(
          { queries: pinnedQueries(search, products, content) },
          { signal: signal() },
        )
      : { results: [] },
  ]);
  const first = pinned.results.flatMap(({ hits }) => hits as FoundHit[]);
  const place = (hit: FoundHit) =>
    search.pinned.indexOf(parseDocumentId(String(hit["id"]))?.entityId ?? "");
  first.sort((a, b) => place(a) - place(b));
  return {
    hits: [...first, ...found.hits].slice(0, search.first).map(cardOf),
    totals: {
      products: found.products + (pinned.results[0]?.hits.length ?? 0),
      content: found.content + (pinned.results[1]?.hits.length ?? 0),
    },
    engine: "meilisearch",
    degraded: false,
  };
}

/** What the words find, but for what is pinned. */
async function matching(
  { client, signal }: Asking,
  search: MixedSearch,
  products: Shelf,
  content: Shelf,
): Promise<{ hits: FoundHit[]; products: number; content: number }> {
  const query = (
    shelf: Shelf,
    tuning: MixedSearch["tuning"]["products"],
    shown: Partial<Question>,
    weight: number,
  ) => {
    const text = queryText(search.query, passedOver(search.locale, tuning));
    if (text === null) return [];
    const apart = [...search.pinned, ...search.hidden].map((id) =>
      documentId(id, shelf.generation),
    );
    const question: Question = {
      q: text,
      filter: apart.length > 0 ? [`NOT ${oneOf("id", apart)}`] : [],
      ...(text === "" && { sort: ["publishedAt:desc", "createdAt:desc"] }),
      ...shown,
    };
    return [{ ...bound(shelf, question), federationOptions: { weight } }];
  };
  const queries = [
    ...query(products, search.tuning.products, shownFields(search), 1),
    ...query(content, search.tuning.content, shownFields({ highlights: search.highlights }), 0.999),
  ];
  if (queries.length === 0) return { hits: [], products: 0, content: 0 };
  // The only count by index that a merged answer has is that of a facet: everything found has the one scope.
  const facetsByIndex = { [products.uid]: ["scope"], [content.uid]: ["scope"] };
  const request: FederatedMultiSearchParams = {
    federation: { limit: search.first, facetsByIndex },
    queries,
  };
  const { hits, facetsByIndex: counts } = await client.multiSearch(request, { signal: signal() });
  const countOf = ({ uid, scope }: Shelf) => counts?.[uid]?.distribution["scope"]?.[scope] ?? 0;
  return { hits, products: countOf(products), content: countOf(content) };
}

function pinnedQueries(search: MixedSearch, products: Shelf, content: Shelf) {
  const pinned = search.pinned.filter((id) => !search.hidden.includes(id));
  return [
    { shelf: products, shown: shownFields(search) },
    { shelf: content, shown: shownFields({ highlights: search.highlights }) },
  ].map(({ shelf, shown }) => {
    const ids = pinned.map((id) => documentId(id, shelf.generation));
    return bound(shelf, { q: "", filter: [oneOf("id", ids)], limit: ids.length, ...shown });
  });
}
