import type { Meilisearch } from "meilisearch";
import { beforeAll, expect, test } from "vitest";
import { defaultTuning, type ProductSearch, type SearchEngine } from "#modules/search";
import { installation } from "#test/installation";
import { describeMeilisearch } from "#test/meilisearch";
import { meilisearchEngine } from "../../../src/modules/search/meilisearch/engine.ts";
import { forContent, forProducts } from "./a-catalogue.ts";
import { foreign, trickyValues, type TwoTenants, twoTenants } from "./two-tenants.ts";

const placeOf = () => Promise.resolve({ generation: 1, own: false, ready: true });

/** An attempt is made twice: with the wall, when it must show nothing foreign, and without, when it must. */
const shows = (answer: unknown) => JSON.stringify(answer).includes(foreign);

describeMeilisearch("the wall between tenants", () => {
  let given: TwoTenants;
  beforeAll(async () => {
    given = await twoTenants();
  });

  /** The same engine, but that its requests lose what binds them to a tenant. */
  function withoutWall(client: Meilisearch): Meilisearch {
    const multiSearch = (request: { queries: { filter: string[] }[] }, init: object) =>
      client.multiSearch(
        {
          ...request,
          queries: request.queries.map(({ filter, ...query }) => ({
            ...query,
            filter: filter.filter((condition) => !condition.startsWith("scope = ")),
          })),
        } as never,
        init,
      );
    return { multiSearch } as unknown as Meilisearch;
  }

  async function engineOn(client: Meilisearch): Promise<SearchEngine> {
    const { db } = await installation();
    return meilisearchEngine({
      client,
      prefix: given.server.prefix,
      placeOf,
      db,
      timeoutMs: 20_000,
    });
  }

  const everything = [
    "categories",
    "tags",
    "vendors",
    "productTypes",
    "options",
    "prices",
  ] as const;
  const asked: Record<string, (given: TwoTenants) => Partial<ProductSearch>> = {
    "nothing typed": () => ({}),
    "a word of theirs": () => ({ query: foreign }),
    "a phrase of theirs": () => ({ query: `"kiln ${foreign}"` }),
    "a word of theirs, misspelt": () => ({ query: "verbotne" }),
    "a word of theirs, excluded": () => ({ query: "lamp -kiln" }),
    "half a phrase": () => ({ query: '"lamp' }),
    "every facet": () => ({ facets: [...everything] }),
    "their vendor": () => ({ filter: { vendors: [`Kiln ${foreign}`] } }),
    "their category": () => ({ filter: { categories: { any: [`lamps-${foreign}`] } } }),
    "their tag, all of them": () => ({ filter: { tags: { all: [`light-${foreign}`] } } }),
    "their option": () => ({
      filter: { options: [{ name: "Size", values: ["M"] }] },
      facets: ["options"],
    }),
    "their price": () => ({ filter: { price: { gte: 0 } } }),
    "out of stock": () => ({ filter: { inStock: false } }),
    "their product, pinned": ({ lamp }) => ({ query: "nothing", pinned: [lamp.id] }),
    "their document's id, pinned": ({ lamp }) => ({ pinned: [lamp.documentId.replace(/_1$/, "")] }),
    "a pin that ends its list": () => ({ pinned: [`x"] OR scope EXISTS OR id IN ["`] }),
    "a hidden one that ends its list": () => ({ hidden: [`x"] OR scope EXISTS OR id IN ["`] }),
    "a far page": () => ({
      first: 1,
      after: Buffer.from('["newest",null,1]').toString("base64url"),
    }),
    "the cheapest first": () => ({ sort: "price_asc" }),
  };

  test.each(Object.entries(asked))("a search for %s stays on our side", async (_, wantedOf) => {
    const { query = "", ...wanted } = wantedOf(given);
    const search = forProducts(query, wanted);
    const walled = await engineOn(given.server.client());
    expect(shows(await walled.searchProducts(given.ours.tenant, search))).toBe(false);
    const open = await engineOn(withoutWall(given.server.client()));
    expect(shows(await open.searchProducts(given.ours.tenant, search))).toBe(true);
  });

  test.each(trickyValues)("the value %j is a value, wherever it stands", async (value) => {
    const filters: ProductSearch["filter"][] = [
      { vendors: [value] },
      { vendors: ["x", value] },
      { productTypes: [value] },
      { categories: { any: [value] } },
      { categories: { all: [value] } },
      { tags: { any: [value], all: [value] } },
      { options: [{ name: value, values: [value] }] },
    ];
    const walled = await engineOn(given.server.client());
    for (const filter of filters) {
      for (const facets of [[], [...everything]]) {
        const search = forProducts("", { filter, facets });
        const found = await walled.searchProducts(given.ours.tenant, search);
        expect(found).toMatchObject({ hits: [], totalCount: 0 });
        expect(shows(found)).toBe(false);
      }
    }
    // One of the strangers' lamps is of that very vendor: it is what the value stands for, and all it finds.
    const open = await engineOn(withoutWall(given.server.client()));
    const { totalCount } = await open.searchProducts(
      given.ours.tenant,
      forProducts("", { filter: { vendors: [value] } }),
    );
    expect(totalCount).toBe(value.includes("\0") ? 0 : 1);
  });

  test("content and searches for everything stay on our side, too", async () => {
    const search = {
      ...forProducts("lamp"),
      tuning: { products: defaultTuning, content: defaultTuning },
    };
    const answers = async (client: Meilisearch) => {
      const engine = await engineOn(client);
      const { tenant } = given.ours;
      return [
        await engine.searchContent(tenant, forContent("lamps", { facets: ["kinds", "authors"] })),
        await engine.searchAll(tenant, search),
        await engine.searchAll(tenant, { ...search, pinned: [given.lamp.id] }),
      ];
    };
    for (const answer of await answers(given.server.client())) expect(shows(answer)).toBe(false);
    const open = await answers(withoutWall(given.server.client()));
    expect(open.map(shows)).toEqual([true, true, true]);
  });
});
