import type { ContentSearch, Highlights, ProductSearch } from "../engine.ts";
import { facetOfOption, priceField } from "./conditions.ts";
import { cropLength, marks } from "./marks.ts";
import type { Question } from "./scope.ts";

type Search = ProductSearch | ContentSearch;
type Facet = Search["facets"][number];

/** Where a document has what is counted. */
const fields: Record<Exclude<Facet, "prices">, string> = {
  categories: "categories",
  tags: "tags",
  vendors: "vendor",
  productTypes: "productType",
  options: "options",
  kinds: "kind",
  authors: "author.handle",
};

export function fieldOf(facet: string, search: Search): string {
  if (facet === "prices" && "currency" in search) return priceField(search.currency);
  return fields[(facet.startsWith(facetOfOption("")) ? "options" : facet) as keyof typeof fields];
}

/** Of equals the newer goes first. */
export function sortOf(order: string, search: Search): string[] {
  const price = "currency" in search ? priceField(search.currency) : "";
  const first: Record<string, string[]> = {
    relevance: [],
    newest: ["publishedAt:desc"],
    oldest: ["publishedAt:asc"],
    title: ["titleKey:asc"],
    price_asc: [`${price}:asc`],
    price_desc: [`${price}:desc`],
  };
  const chosen = first[order] ?? [];
  return chosen.length > 0 ? [...chosen, "createdAt:desc"] : [];
}

const cards = {
  every: ["id", "title", "locale", "publishedAt", "sourceRevision", "indexedAt"],
  product: ["handle", "vendor", "productType", "image", "prices", "inStock"],
  content: ["kind", "slug", "excerpt", "author"],
};

/** The fields of a card, and the marked texts that are asked for. */
export function shownFields(
  asked: { highlights: (keyof Highlights)[] } & ({ currency: string } | object),
): Partial<Question> {
  const own = "currency" in asked ? cards.product : cards.content;
  const attributesToRetrieve = [...cards.every, ...own];
  if (asked.highlights.length === 0) return { attributesToRetrieve };
  const withText = asked.highlights.includes("description");
  return {
    attributesToRetrieve,
    attributesToHighlight: withText ? ["title", "text"] : ["title"],
    highlightPreTag: marks.begin,
    highlightPostTag: marks.end,
    ...(withText && { attributesToCrop: ["text"], cropLength, cropMarker: marks.cut }),
  };
}
