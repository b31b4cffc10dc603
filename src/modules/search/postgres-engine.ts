import type { Database } from "#kernel/database";
import { cursorOf, type Place, positionOf } from "./cursor.ts";
import type {
  Card,
  ContentCard,
  ContentSearch,
  FacetCount,
  FoundProducts,
  Highlights,
  ProductCard,
  ProductSearch,
  SearchEngine,
} from "./engine.ts";
import { highlight, snippet, type Terms, termsOf } from "./highlight.ts";
import { orderOf, requestOf } from "./postgres-request.ts";

/** What the functions of the database answer. */
interface Answer<Shown extends Card> {
  /** One more than asked for when there is another page. */
  hits: Hit<Shown>[];
  totalCount: number | null;
  facets: Record<string, FacetCount[]> | null;
  priceRange?: FoundProducts["priceRange"];
  /** The words searched for, as a tsquery; null when nothing was typed. */
  terms: string | null;
}

/** A card with what it does not show: its place in the order, and the HTML that highlights are cut from. */
type Hit<Shown extends Card> = Omit<Shown, "highlights" | "sourceRevision"> & {
  key: Place;
  body: string | null;
  revision: number;
};

/** Searches the read model where it lies, with one call of a database function each. */
export function postgresEngine({ pool }: Pick<Database, "pool">): SearchEngine {
  async function ask<Shown extends Card>(name: string, search: Asked, tenantId: string) {
    const { rows } = await pool.query({
      name,
      text: `select ${name}($1, $2) as answer`,
      values: [tenantId, requestOf(search)],
    });
    const [{ answer }] = rows as [{ answer: Answer<Shown> }];
    return answer;
  }
  return {
    async searchProducts(tenant, search) {
      const answer = await ask<ProductCard>("search_products", search, tenant.id);
      return { ...foundIn(answer, search), priceRange: answer.priceRange ?? null };
    },
    async searchContent(tenant, search) {
      return foundIn(await ask<ContentCard>("search_content", search, tenant.id), search);
    },
  };
}

type Asked = ProductSearch | ContentSearch;

function foundIn<Shown extends Card>(answer: Answer<Shown>, search: Asked) {
  const sort = orderOf(search);
  const before = search.after ? positionOf(sort, search.after).offset : 0;
  const terms = search.highlights.length > 0 ? termsOf(answer.terms) : null;
  return {
    hits: answer.hits.slice(0, search.first).map(({ key, body, revision, ...card }, i) => ({
      cursor: cursorOf(sort, { place: key, offset: before + i + 1 }),
      card: {
        sourceRevision: revision,
        ...card,
        highlights: terms && highlightsOf(card.title, body, terms),
      } as unknown as Shown,
    })),
    hasMore: answer.hits.length > search.first,
    totalCount: answer.totalCount,
    facets: answer.facets ?? {},
  };
}

function highlightsOf(title: string, body: string | null, terms: Terms): Highlights {
  return { title: highlight(title, terms), description: body === null ? "" : snippet(body, terms) };
}
