import type { MultiSearchQuery } from "meilisearch";
import { positionOf } from "../cursor.ts";
import type { ContentSearch, Highlights, ProductSearch } from "../engine.ts";
import { orderOf } from "../postgres-request.ts";
import { type Condition, conditionsOf, facetOfOption, priceField } from "./conditions.ts";
import { documentId } from "./indexes.ts";
import { cropLength, marks } from "./marks.ts";
import type { Shelf } from "./asking.ts";
import { bound, oneOf, type Question } from "./scope.ts";

type Search = ProductSearch | ContentSearch;
type Facet = Search["facets"][number];

/** One query of a request and what its answer is for. */
export interface Asked {
  query: MultiSearchQuery;
  /**
   * The hits of this page; the facets that nothing chosen bears on; one facet as if nothing of it were
   * chosen. Pinned documents are asked for on their own, and counted with the rest.
   */
  role: "hits" | "pinned hits" | "facet";
  /** Of a facet counted on its own: which, or which option's. */
  facet: string | null;
}

/** Which hits of the request are the page's. */
export interface Page {
  order: string;
  /** How many hits come before the page. */
  offset: number;
  /** How many of those that are not pinned come before the first one asked for. */
  skipped: number;
}

/** What Meilisearch is asked for a search, all of it in one request. */
export function requestOf(
  search: Search,
  text: string,
  shelf: Shelf,
): { asked: Asked[]; page: Page } {
  const order = orderOf(search);
  const offset = search.after ? positionOf(order, search.after).offset : 0;
  const pinned = search.sort === "relevance" ? search.pinned : [];
  const skipped = Math.max(0, offset - pinned.length);
  const ids = (entities: string[]) => entities.map((id) => documentId(id, shelf.generation));
  const apart = ids([...pinned, ...search.hidden]);
  const conditions = conditionsOf(search);
  const ask = (role: Asked["role"], facet: string | null, question: Question): Asked => ({
    query: bound(shelf, question),
    role,
    facet,
  });

  /** A question about what fulfils the conditions, put for what was found and for what is pinned. */
  const both = (
    facet: string | null,
    fulfilling: Condition[],
    facets: string[],
    hits: Partial<Question> | null,
  ): Asked[] => {
    const filter = fulfilling.map((condition) => condition.filter);
    const out = apart.length > 0 ? [`NOT ${oneOf("id", apart)}`] : [];
    const found = { q: text, filter: [...filter, ...out], facets, limit: 0, ...hits };
    const shown = ids(pinned.filter((id) => !search.hidden.includes(id)));
    const first = {
      q: "",
      filter: [...filter, oneOf("id", shown)],
      facets,
      ...(hits ?? { limit: 0 }),
      ...(hits && { offset: 0, limit: shown.length, sort: [] }),
    };
    return [
      ask(facet === null ? "hits" : "facet", facet, found),
      ...(shown.length > 0 ? [ask(facet === null ? "pinned hits" : "facet", facet, first)] : []),
    ];
  };

  const alone = ownFacets(search, conditions);
  const common = search.facets.filter((facet) => facet === "options" || !alone.includes(facet));
  return {
    page: { order, offset, skipped },
    asked: [
      ...both(null, conditions, fieldsOf(common, search), {
        offset: skipped,
        limit: search.first + pinned.length + 1,
        sort: sortOf(order, search),
        ...shownFields(search),
      }),
      ...alone.flatMap((facet) =>
        both(
          facet,
          conditions.filter(({ of }) => of !== facet),
          fieldsOf([facet], search),
          null,
        ),
      ),
    ],
  };
}

/** The facets asked for of which something is chosen. */
function ownFacets(search: Search, conditions: Condition[]): string[] {
  const counted = (of: string | null): of is string =>
    of !== null && (search.facets as string[]).includes(of.split(" ")[0] ?? "");
  return [...new Set(conditions.map(({ of }) => of).filter(counted))];
}

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

const fieldsOf = (facets: readonly string[], search: Search): string[] =>
  facets.map((facet) => fieldOf(facet, search));

/** Of equals the newer goes first. */
function sortOf(order: string, search: Search): string[] {
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
