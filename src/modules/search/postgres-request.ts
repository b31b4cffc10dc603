import type { Among, ContentSearch, Maybe, ProductSearch } from "./engine.ts";
import { positionOf } from "./cursor.ts";

/** What search_products and search_content are asked: fields of the types of that name; what is left out is not asked. */
export function requestOf(search: ProductSearch | ContentSearch): string {
  const { query, locale, first, facets, withTotal, highlights } = search;
  const sort = orderOf(search);
  return encoded({
    query,
    locale,
    first,
    facets,
    sort,
    ...(search.after && after(sort, search.after)),
    with_total: withTotal,
    with_body: highlights.includes("description"),
    ...among("category", search.filter.categories),
    ...among("tag", search.filter.tags),
    ...("currency" in search ? productConditions(search) : contentConditions(search)),
  });
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
    options: filter.options?.length ? rectangular(filter.options) : undefined,
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
  const { place } = positionOf(sort, cursor);
  if (!place) return {};
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
