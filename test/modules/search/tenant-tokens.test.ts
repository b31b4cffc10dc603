import { createHmac } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { configureSearchTokens } from "#modules/search";
import { installation } from "#test/installation";
import { server } from "#test/server";
import { describeMeilisearch } from "#test/meilisearch";
import { searchToken } from "../../../src/modules/search/meilisearch/tokens.ts";
import { foreign, type TwoTenants, twoTenants } from "./two-tenants.ts";

test("storefronts ask for a token through GraphQL, and are told where there are none", async () => {
  const { db, aTenant } = await installation();
  const client = await server();
  const tenant = await aTenant();
  const query = `query ($locale: String) {
    searchToken(locale: $locale) { token host indexes { products content } expiresAt }
  }`;
  const ask = (locale?: string) => client.graphql(tenant, query, { locale });

  expect((await ask()).errors).toMatchObject([{ extensions: { code: "NOT_CONFIGURED" } }]);

  configureSearchTokens(db, {
    host: "https://search.example",
    prefix: "shop",
    searchKey: { key: "a key that may only search", uid: "019a0000-0000-4000-8000-000000000000" },
    placeOf: () => Promise.resolve({ generation: 7, own: true, ready: true }),
  });
  const { data, errors } = await ask("de-AT");
  expect(errors).toBeUndefined();
  const { searchToken: given } = data as unknown as { searchToken: { token: string } };
  expect(given).toMatchObject({
    host: "https://search.example",
    indexes: {
      products: `shop_products_de_${tenant.id}`,
      content: `shop_content_de_${tenant.id}`,
    },
  });
  const payload = JSON.parse(Buffer.from(given.token.split(".")[1] ?? "", "base64url").toString());
  expect(payload.searchRules).toEqual({
    [`shop_products_de_${tenant.id}`]: { filter: `scope = "${tenant.id}:7"` },
    [`shop_content_de_${tenant.id}`]: { filter: `scope = "${tenant.id}:7"` },
  });
});

describeMeilisearch("a token of a storefront, sent straight to Meilisearch", () => {
  let given: TwoTenants;
  let token: string;

  beforeAll(async () => {
    given = await twoTenants();
    const { server, ours } = given;
    configureSearchTokens(ours.db, {
      host: server.url,
      prefix: server.prefix,
      searchKey: server.searchKey,
      placeOf: () => Promise.resolve({ generation: 1, own: false, ready: true }),
    });
    ({ token } = await searchToken(ours, "en"));
  });

  /** Whatever Meilisearch answers, as text. */
  async function ask(path: string, bearer: string, body?: unknown): Promise<string> {
    const response = await fetch(given.server.url + path, {
      method: body === undefined ? "GET" : "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    return response.text();
  }

  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const inAnHour = () => Math.floor(Date.now() / 1_000) + 3_600;

  /** A token as the search key would sign it, whatever it says; or as something else signs it. */
  function signed(
    payload: object,
    { key = given.server.searchKey.key, alg = "HS256" } = {},
  ): string {
    const text = `${part({ alg, typ: "JWT" })}.${part({ exp: inAnHour(), apiKeyUid: given.server.searchKey.uid, ...payload })}`;
    const signature = createHmac("sha256", key).update(text).digest("base64url");
    return `${text}.${alg === "none" ? "" : signature}`;
  }

  /** Good for the same indexes, with nothing to bind it. */
  const unbound = () =>
    signed({ searchRules: { [given.uids.products]: null, [given.uids.content]: null } });

  test("opens the tenant's own documents", async () => {
    const { uids } = given;
    expect(await ask(`/indexes/${uids.products}/search`, token, { q: "lamp" })).toContain('"lamp"');
    const { hits } = await given.server.client(token).index(uids.content).search("lamps");
    expect(hits.map(({ title }) => title)).toEqual(["On lamps"]);
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
    const [path, body] = attempt(given);
    expect(await ask(path, token, body)).not.toContain(foreign);
    expect(await ask(path, unbound(), body)).toContain(foreign);
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
    const [path, body] = attempt(given);
    const answer = await ask(path, token, body);
    expect(answer).toMatch(/"code":"(invalid_api_key|invalid_search_filter)"/);
    expect(answer).not.toContain(foreign);
    if (!name.startsWith("a filter")) {
      expect(await ask(path, given.server.apiKey, body)).toContain(foreign);
    }
  });

  const rules = () => ({ searchRules: { [given.uids.products]: null } });
  const forged: Record<string, () => string> = {
    "its rules changed": () => {
      const [head, , end] = token.split(".");
      return [head, part({ ...rules(), apiKeyUid: given.server.searchKey.uid }), end].join(".");
    },
    "no signature": () => signed(rules(), { alg: "none" }),
    "a signature by the key's id": () => signed(rules(), { key: given.server.searchKey.uid }),
    "a signature by nothing": () => signed(rules(), { key: "" }),
    "a signature by itself": () => signed(rules(), { key: token }),
    "a time that is over": () => signed({ ...rules(), exp: inAnHour() - 3_601 }),
    "another key's id": () =>
      signed({ ...rules(), apiKeyUid: "00000000-0000-4000-8000-000000000000" }),
  };

  test.each(Object.entries(forged))("is refused with %s", async (_, forge) => {
    const path = `/indexes/${given.uids.products}/search`;
    const answer = await ask(path, forge(), {});
    expect(answer).toContain('"code":"invalid_api_key"');
    expect(answer).not.toContain(foreign);
    expect(await ask(path, signed(rules()), {})).toContain(foreign);
  });

  test("is good for an hour at most, and for both indexes of its locale", async () => {
    const { server, uids } = given;
    const { host, indexes, expiresAt } = await searchToken(given.ours, "en");
    expect({ host, indexes }).toEqual({
      host: server.url,
      indexes: { products: uids.products, content: uids.content },
    });
    const { exp } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(3_600_000);
    expect(exp * 1_000 - Date.now()).toBeLessThanOrEqual(3_600_000);
    expect(exp * 1_000 - Date.now()).toBeGreaterThan(3_500_000);
  });
});
