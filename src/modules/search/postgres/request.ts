import { positionOf } from "../cursor.ts";
import type { Among, ContentSearch, Maybe, ProductSearch, RankingRule } from "../engine.ts";
import { partsOf } from "./query-parts.ts";
import { rankingWeights } from "./ranking-weights.ts";
import { tuningOf } from "./tuning-of-query.ts";

/** What search_products and search_content are asked: fields of the types of that name; what is left out is not asked. */
export function requestOf(search: ProductSearch | ContentSearch): string {
  const { query, locale, first, facets, withTotal, highlights, hidden, tuning } = search;
  const sort = orderOf(search);
  const { words, phrases, excluded } = partsOf(query);
  const { synonyms, stopWords } = tuningOf(query, tuning);
  return encoded({
    query: words,
    phrases,
    excluded,
    synonyms,
    stop_words: stopWords,
    locale,
    first,
    facets,
    sort,
    ...(search.after && after(sort, search.after)),
    with_total: withTotal,
    with_body: highlights.includes("description"),
    pinned: pinnedIn(search),
    hidden: hidden.length > 0 ? hidden : undefined,
    ...weightsOf(search),
    ...among("category", search.filter.categories),
    ...among("tag", search.filter.tags),
    ...("currency" in search ? productConditions(search) : contentConditions(search)),
  });
}

const rulesOfProducts: RankingRule[] = ["boost", "stock", "sales", "recency"];

export const weightsOf = (search: ProductSearch | ContentSearch) =>
  rankingWeights(search.tuning.ranking, "currency" in search ? rulesOfProducts : ["recency"]);

/** Pins hold where hits are ordered by relevance; elsewhere an order is what it says. */
function pinnedIn({ sort, pinned }: ProductSearch | ContentSearch): string[] | undefined {
  return sort === "relevance" && pinned.length > 0 ? [...new Set(pinned)] : undefined;
}

/** Where nothing was typed, nothing is more relevant than the newest. */
export function orderOf({
  query,
  sort,
}: Pick<ProductSearch | ContentSearch, "query" | "sort">): string {
  return sort === "relevance" && query.trim() === "" ? "newest" : sort;
}

function productConditions({ currency, filter }: ProductSearch) {
  return {
    currency,
    vendors: filter.vendors,
    product_types: filter.productTypes,
    ...(filter.options?.length && {
      options: rectangular(filter.options),
      option_names: filter.options.map(({ name }) => name),
    }),
    price_gte: filter.price?.gte,
    price_lte: filter.price?.lte,
    in_stock: filter.inStock,
  };
}

function contentConditions({ filter }: ContentSearch) {
  return {
    kinds: filter.kinds,
    authors: filter.authors,
    published_gte: filter.publishedAt?.gte,
    published_lte: filter.publishedAt?.lte,
  };
}

const among = (list: string, wanted: Maybe<Among>) => ({
  [`${list}_any`]: wanted?.any,
  [`${list}_all`]: wanted?.all,
});

function after(sort: string, cursor: string) {
  const { place, offset } = positionOf(sort, cursor);
  if (!place) return { after_offset: offset };
  const [number, words, id] = place;
  return { after_number: number, after_words: words, after_id: id };
}

/** A row for each option: "Size=M", "Size=L". The arrays of PostgreSQL have rows of one length, so short ones repeat their last. */
function rectangular(options: { name: string; values: string[] }[]): string[][] {
  const width = Math.max(...options.map(({ values }) => values.length));
  return options.map(({ name, values }) =>
    Array.from({ length: width }, (_, i) => `${name}=${values[Math.min(i, values.length - 1)]}`),
  );
}

/** JSON that PostgreSQL can store: without NUL and without halves of surrogate pairs. */
function encoded(request: Record<string, unknown>): string {
  return JSON.stringify(request, (_, value: unknown) =>
    typeof value === "string" ? value.toWellFormed().replaceAll("\0", "") : value,
  );
}
