import { beforeAll, expect, test } from "vitest";
import { configureSearchTokens } from "#modules/search";
import { installation } from "#test/installation";
import { describeMeilisearch } from "#test/meilisearch";
import { server } from "#test/server";
import { searchToken } from "../../../src/modules/search/meilisearch/tokens.ts";
import { aStorefront, inAnHour, part, type Storefront } from "./a-storefront.ts";
import { foreign } from "./two-tenants.ts";

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

describeMeilisearch("a token of a storefront", () => {
  let storefront: Storefront;
  beforeAll(async () => {
    storefront = await aStorefront();
  });

  test("opens the tenant's own documents", async () => {
    const { uids } = storefront;
    expect(
      await storefront.ask(`/indexes/${uids.products}/search`, storefront.token, { q: "lamp" }),
    ).toContain('"lamp"');
    const { hits } = await storefront.server
      .client(storefront.token)
      .index(uids.content)
      .search("lamps");
    expect(hits.map(({ title }) => title)).toEqual(["On lamps"]);
  });

  const rules = () => ({ searchRules: { [storefront.uids.products]: null } });
  const forged: Record<string, () => string> = {
    "its rules changed": () => {
      const [head, , end] = storefront.token.split(".");
      return [head, part({ ...rules(), apiKeyUid: storefront.server.searchKey.uid }), end].join(
        ".",
      );
    },
    "no signature": () => storefront.signed(rules(), { alg: "none" }),
    "a signature by the key's id": () =>
      storefront.signed(rules(), { key: storefront.server.searchKey.uid }),
    "a signature by nothing": () => storefront.signed(rules(), { key: "" }),
    "a signature by itself": () => storefront.signed(rules(), { key: storefront.token }),
    "a time that is over": () => storefront.signed({ ...rules(), exp: inAnHour() - 3_601 }),
    "another key's id": () =>
      storefront.signed({ ...rules(), apiKeyUid: "00000000-0000-4000-8000-000000000000" }),
  };

  test.each(Object.entries(forged))("is refused with %s", async (_, forge) => {
    const path = `/indexes/${storefront.uids.products}/search`;
    const answer = await storefront.ask(path, forge(), {});
    expect(answer).toContain('"code":"invalid_api_key"');
    expect(answer).not.toContain(foreign);
    expect(await storefront.ask(path, storefront.signed(rules()), {})).toContain(foreign);
  });

  test("is good for an hour at most, and for both indexes of its locale", async () => {
    const { server, uids } = storefront;
    const { host, indexes, expiresAt } = await searchToken(storefront.ours, "en");
    expect({ host, indexes }).toEqual({
      host: server.url,
      indexes: { products: uids.products, content: uids.content },
    });
    const { exp } = JSON.parse(
      Buffer.from(storefront.token.split(".")[1] ?? "", "base64url").toString(),
    );
    expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(3_600_000);
    expect(exp * 1_000 - Date.now()).toBeLessThanOrEqual(3_600_000);
    expect(exp * 1_000 - Date.now()).toBeGreaterThan(3_500_000);
  });
});
