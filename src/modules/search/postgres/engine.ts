import type { Tenant } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import { cursorOf, positionOf } from "../cursor.ts";
import type {
  Card,
  ContentCard,
  ContentSearch,
  ProductCard,
  ProductSearch,
  SearchEngine,
} from "../engine.ts";
import { type Answer, cardsIn } from "./answer.ts";
import { merged, partsOfMixed } from "./mixed.ts";
import { orderOf, requestOf } from "./request.ts";

type Asked = ProductSearch | ContentSearch;

/** Searches the read model where it lies, with one call of a database function for each kind. */
export function postgresEngine({ pool }: Pick<Database, "pool">): SearchEngine {
  async function ask<Shown extends Card>(name: string, { id }: Tenant, search: Asked) {
    const { rows } = await pool.query({
      name,
      text: `select ${name}($1, $2) as answer`,
      values: [id, requestOf(search)],
    });
    const [{ answer }] = rows as [{ answer: Answer<Shown> }];
    return answer;
  }
  const products = (tenant: Tenant, search: ProductSearch) =>
    ask<ProductCard>("search_products", tenant, search);
  const content = (tenant: Tenant, search: ContentSearch) =>
    ask<ContentCard>("search_content", tenant, search);
  return {
    async searchProducts(tenant, search) {
      const answer = await products(tenant, search);
      return { ...foundIn(answer, search), priceRange: answer.priceRange ?? null };
    },
    async searchContent(tenant, search) {
      return foundIn(await content(tenant, search), search);
    },
    async searchAll(tenant, search) {
      const parts = partsOfMixed(search);
      const answers = await Promise.all([
        products(tenant, parts.products),
        content(tenant, parts.content),
      ]);
      return { ...merged(search, ...answers), ...itself };
    },
  };
}

const itself = { engine: "postgresql", degraded: false } as const;

function foundIn<Shown extends Card>(answer: Answer<Shown>, search: Asked) {
  const sort = orderOf(search);
  const before = search.after ? positionOf(sort, search.after).offset : 0;
  const hits = cardsIn(answer, search.highlights).slice(0, search.first);
  return {
    hits: hits.map(({ key, card }, i) => ({
      cursor: cursorOf(sort, { place: key, offset: before + i + 1 }),
      card,
    })),
    hasMore: answer.hits.length > search.first,
    totalCount: answer.totalCount,
    facets: answer.facets ?? {},
    ...itself,
  };
}
