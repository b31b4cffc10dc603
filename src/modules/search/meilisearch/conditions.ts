import type { Among, ContentSearch, Maybe, ProductSearch, Range } from "../engine.ts";
import { equal, oneOf } from "./scope.ts";

/** One thing that hits must fulfil. */
export interface Condition {
  filter: string;
  /** The facet that is counted as if this were not asked; "options" has one for each option's name. */
  of: string | null;
}

/** What a search asks of its hits besides their words. */
export function conditionsOf(search: ProductSearch | ContentSearch): Condition[] {
  const { categories, tags } = search.filter;
  return [
    ...among("categories", categories),
    ...among("tags", tags),
    ...("currency" in search ? ofProducts(search) : ofContent(search)),
  ];
}

function ofProducts({ filter, currency }: ProductSearch): Condition[] {
  const { vendors, productTypes, options, price, inStock } = filter;
  return [
    ...any("vendors", "vendor", vendors),
    ...any("productTypes", "productType", productTypes),
    ...(options ?? []).map(({ name, values }) => ({
      filter: oneOf(
        "options",
        values.map((value) => `${name}=${value}`),
      ),
      of: facetOfOption(name),
    })),
    ...within(priceField(currency), price),
    ...(typeof inStock === "boolean" ? [{ filter: `inStock = ${inStock}`, of: null }] : []),
  ];
}

function ofContent({ filter: { kinds, authors, publishedAt } }: ContentSearch): Condition[] {
  return [
    ...any("kinds", "kind", kinds),
    ...any("authors", "author.handle", authors),
    ...within("publishedAt", {
      gte: publishedAt?.gte?.getTime(),
      lte: publishedAt?.lte?.getTime(),
    }),
  ];
}

function among(field: "categories" | "tags", wanted: Maybe<Among>): Condition[] {
  const all = (wanted?.all ?? []).map((value) => ({ filter: equal(field, value), of: null }));
  return [...any(field, field, wanted?.any), ...all];
}

function any(facet: string, field: string, values: Maybe<string[]>): Condition[] {
  return values ? [{ filter: oneOf(field, values), of: facet }] : [];
}

function within(field: string, range: Maybe<Range<number>>): Condition[] {
  const { gte, lte } = range ?? {};
  return [
    ...(typeof gte === "number" ? [{ filter: `${field} >= ${gte}`, of: null }] : []),
    ...(typeof lte === "number" ? [{ filter: `${field} <= ${lte}`, of: null }] : []),
  ];
}

export const facetOfOption = (name: string): string => `options ${name}`;

/** The cheapest variant's. Throws for what is no currency: a name of a field is not a value that could be quoted. */
export function priceField(currency: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) throw new Error(`"${currency}" is no currency.`);
  return `prices.${currency}.min`;
}
