import { beforeAll, expect, test } from "vitest";
import { describeMeilisearch } from "#test/meilisearch";
import { aStorefront, type Storefront } from "./a-storefront.ts";
import { foreign, type TwoTenants } from "./two-tenants.ts";

/** An attempt is made twice: with a token as it is given out, and with one that nothing binds. */
describeMeilisearch("a token of a storefront, sent straight to Meilisearch,", () => {
  let storefront: Storefront;
  beforeAll(async () => {
    storefront = await aStorefront();
  });

  const unbound = () =>
    storefront.signed({
      searchRules: { [storefront.uids.products]: null, [storefront.uids.content]: null },
    });

  type Attempt = (given: TwoTenants) => [path: string, body?: unknown];
  const search =
    (body: (given: TwoTenants) => object): Attempt =>
    (all) => [`/indexes/${all.uids.products}/search`, body(all)];
  const theirFilter = ({ scopes }: TwoTenants) => `scope = "${scopes.theirs}"`;

  const attempts: Record<string, Attempt> = {
    everything: search(() => ({})),
    "a word of theirs": search(() => ({ q: foreign.slice(0, 6) })),
    "their scope as a filter": search((all) => ({ filter: theirFilter(all) })),
    "either scope": search((all) => ({
      filter: `scope = "${all.scopes.ours}" OR ${theirFilter(all)}`,
    })),
    "either scope, in a nested list": search((all) => ({
      filter: [[`scope = "${all.scopes.ours}"`, theirFilter(all)]],
    })),
    "any scope but ours": search(({ scopes }) => ({ filter: `scope != "${scopes.ours}"` })),
    "what is not of our scope": search(({ scopes }) => ({
      filter: `NOT scope = "${scopes.ours}"`,
    })),
    "their scope among others": search(({ scopes }) => ({
      filter: `scope IN ["${scopes.theirs}", "x"]`,
    })),
    "what has a scope": search(() => ({ filter: "scope EXISTS OR scope NOT EXISTS" })),
    "what begins as their scope": search(({ theirs }) => ({
      filter: `scope STARTS WITH "${theirs.tenant.id}"`,
    })),
    "their document": search(({ lamp }) => ({ filter: `id = "${lamp.documentId}"` })),
    "their document by a page of its own": search(({ lamp }) => ({
      filter: [`id IN ["${lamp.documentId}"]`],
      hitsPerPage: 1,
      page: 1,
    })),
    "a far page": search(() => ({ offset: 1, limit: 1_000 })),
    "every facet": search(() => ({
      facets: ["scope", "vendor", "categories", "tags", "options", "prices.EUR.min"],
      limit: 0,
    })),
    "the facet of all": search(() => ({ facets: ["*"] })),
    "every field": search(() => ({ attributesToRetrieve: ["*", "scope", "words"] })),
    "marked and cut": search(() => ({ attributesToHighlight: ["*"], attributesToCrop: ["*"] })),
    "other fields to search": search(() => ({
      q: "kiln",
      attributesToSearchOn: ["words.keywords"],
    })),
    "the details of ranking": search(() => ({
      q: "lamp",
      showRankingScoreDetails: true,
      matchingStrategy: "last",
    })),
    "the cheapest first": search(() => ({ sort: ["prices.EUR.min:asc"] })),
    "values of a facet": ({ uids }) => [
      `/indexes/${uids.products}/facet-search`,
      { facetName: "vendor", facetQuery: "kiln" },
    ],
    "values of a facet, filtered by their scope": (all) => [
      `/indexes/${all.uids.products}/facet-search`,
      { facetName: "categories", filter: theirFilter(all) },
    ],
    "the address alone": (all) => [
      `/indexes/${all.uids.products}/search?q=&filter=${encodeURIComponent(theirFilter(all))}`,
    ],
    "the address, encoded twice over": ({ uids }) => [
      `/indexes/${uids.products.replace("_", "%5f")}/search?q=%6c%61%6d%70`,
    ],
    "escapes in JSON": (all) => [
      `/indexes/${all.uids.products}/search`,
      `{"\\u0066ilter": "\\u0073cope = \\"${all.scopes.theirs}\\""}`,
    ],
    "two searches at once": (all) => [
      "/multi-search",
      {
        queries: [
          { indexUid: all.uids.products, q: "lamp", filter: theirFilter(all) },
          { indexUid: all.uids.content },
        ],
      },
    ],
    "two searches merged": (all) => [
      "/multi-search",
      {
        federation: { facetsByIndex: { [all.uids.products]: ["vendor", "scope"] } },
        queries: [
          { indexUid: all.uids.products, filter: theirFilter(all) },
          { indexUid: all.uids.products, federationOptions: { weight: 9 } },
        ],
      },
    ],
  };

  test.each(Object.entries(attempts))("shows nothing foreign for %s", async (_, attempt) => {
    const [path, body] = attempt(storefront);
    expect(await storefront.ask(path, storefront.token, body)).not.toContain(foreign);
    expect(await storefront.ask(path, unbound(), body)).toContain(foreign);
  });

  const closed: Record<string, Attempt> = {
    "a filter that ends the token's": search((all) => ({
      filter: `x = y) OR (${theirFilter(all)}`,
    })),
    "another index": ({ uids }) => [`/indexes/${uids.own}/search`, {}],
    "another index, among two": ({ uids }) => [
      "/multi-search",
      { queries: [{ indexUid: uids.products }, { indexUid: uids.own }] },
    ],
    "documents by number": ({ uids }) => [`/indexes/${uids.products}/documents?limit=100`],
    "documents by filter": (all) => [
      `/indexes/${all.uids.products}/documents/fetch`,
      { filter: theirFilter(all) },
    ],
    "their document": ({ uids, lamp }) => [
      `/indexes/${uids.products}/documents/${lamp.documentId}`,
    ],
  };

  test.each(Object.entries(closed))("is refused for %s", async (name, attempt) => {
    const [path, body] = attempt(storefront);
    const answer = await storefront.ask(path, storefront.token, body);
    expect(answer).toMatch(/"code":"(invalid_api_key|invalid_search_filter)"/);
    expect(answer).not.toContain(foreign);
    if (!name.startsWith("a filter")) {
      expect(await storefront.ask(path, storefront.server.apiKey, body)).toContain(foreign);
    }
  });
});
