import { describe } from "vitest";
import type { RequestContext } from "#kernel/context";
import {
  type ContentSearch,
  defaultTuning,
  type EngineName,
  type FoundContent,
  type FoundMixed,
  type FoundProducts,
  type MixedSearch,
  postgresEngine,
  type ProductSearch,
  type SearchEngine,
  type Tuning,
} from "#modules/search";
import { describeMeilisearch } from "#test/meilisearch";
import { forContent, forProducts } from "../a-catalogue.ts";
import { feed, fedEngine, type Tunings } from "./fed-engine.ts";

/** An engine under contract. Each search sees all that was projected before. */
export interface UnderContract {
  name: EngineName;
  searchProducts(
    ctx: RequestContext,
    query: string,
    wanted?: Partial<ProductSearch>,
  ): Promise<FoundProducts>;
  searchContent(
    ctx: RequestContext,
    query: string,
    wanted?: Partial<ContentSearch>,
  ): Promise<FoundContent>;
  searchAll(ctx: RequestContext, query: string, wanted?: Partial<MixedSearch>): Promise<FoundMixed>;
  /** The titles of what a search for products finds, in its order. */
  titles(ctx: RequestContext, query: string, wanted?: Partial<ProductSearch>): Promise<string[]>;
  /** What holds on PostgreSQL and what on Meilisearch: a difference that the contract allows. */
  differs<Value>(values: Record<EngineName, Value>): Value;
}

/**
 * The contract: what follows holds on either engine. Where Meilisearch cannot do as PostgreSQL does, or
 * the other way round, the body says so with `differs`, and docs/search.md in a list.
 */
export function onEitherEngine(body: (engine: UnderContract) => void): void {
  const onPostgres = underContract("postgresql", ({ db }) => Promise.resolve(postgresEngine(db)));
  const onMeilisearch = underContract("meilisearch", async (ctx, tunings) => {
    await feed(ctx, tunings);
    return fedEngine();
  });
  describe("on PostgreSQL", () => {
    body(onPostgres);
  });
  describeMeilisearch("on Meilisearch", () => {
    body(onMeilisearch);
  });
}

function underContract(
  name: EngineName,
  engineFor: (ctx: RequestContext, tunings: Tunings) => Promise<SearchEngine>,
): UnderContract {
  const engine: UnderContract = {
    name,
    async searchProducts(ctx, query, wanted) {
      const search = forProducts(query, wanted);
      const { tuning, locale } = search;
      return (await engineFor(ctx, { locale, product: tuning })).searchProducts(ctx.tenant, search);
    },
    async searchContent(ctx, query, wanted) {
      const search = forContent(query, wanted);
      const { tuning, locale } = search;
      return (await engineFor(ctx, { locale, node: tuning })).searchContent(ctx.tenant, search);
    },
    async searchAll(ctx, query, wanted) {
      const search = { ...forEverything(query), ...wanted };
      const { tuning, locale } = search;
      const tunings = { locale, product: tuning.products, node: tuning.content };
      return (await engineFor(ctx, tunings)).searchAll(ctx.tenant, search);
    },
    async titles(ctx, query, wanted) {
      const { hits } = await engine.searchProducts(ctx, query, wanted);
      return hits.map(({ card }) => card.title);
    },
    differs: (values) => values[name],
  };
  return engine;
}

const forEverything = (query: string): MixedSearch => ({
  query,
  locale: "en",
  currency: "EUR",
  first: 50,
  highlights: [],
  pinned: [],
  hidden: [],
  tuning: { products: defaultTuning, content: contentTuning },
});

export const contentTuning: Tuning = { ...defaultTuning, ranking: ["recency"] };
