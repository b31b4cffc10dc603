import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { Meilisearch } from "meilisearch";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { BadUserInput } from "#kernel/errors";
import { defaultTuning } from "#modules/search";
import { installation } from "#test/installation";
import {
  describeMeilisearch,
  type RealMeilisearch,
  startMeilisearch,
  theMeilisearch,
} from "#test/meilisearch";
import { meilisearchEngine } from "../../../../src/modules/search/meilisearch/engine.ts";
import { refuseMasterKey } from "../../../../src/modules/search/meilisearch/master-key.ts";
import { aCategory, forProducts, onSale } from "../a-catalogue.ts";
import { feed } from "../contract/fed-engine.ts";

const placeOf = () => Promise.resolve({ generation: 1, own: true, ready: true });

describeMeilisearch("the engine on Meilisearch", () => {
  let shop: RequestContext;
  let server: RealMeilisearch;

  beforeAll(async () => {
    server = await theMeilisearch();
    shop = await (await installation()).anEditor();
    const categoryIds = [await aCategory(shop, "cups", { name: "Cups" })];
    await onSale(shop, { title: "Mug", vendor: "Kiln", categoryIds });
    await onSale(shop, { title: "Mug two", vendor: "Oven" });
    await feed(shop, { locale: "en", product: defaultTuning });
  });

  /** An engine that counts its requests, and the questions to PostgreSQL. */
  async function counting() {
    const { db } = await installation();
    const client = server.client();
    const counts = { requests: 0, questions: 0 };
    const watched = {
      multiSearch: (...given: Parameters<typeof client.multiSearch>) => {
        counts.requests++;
        return client.multiSearch(...given);
      },
    } as unknown as Meilisearch;
    const pool = {
      query: (...given: Parameters<typeof db.pool.query>) => {
        counts.questions++;
        return db.pool.query(...given);
      },
    } as unknown as typeof db.pool;
    const options = { client: watched, prefix: server.prefix, placeOf, db: { pool } };
    return { counts, engine: meilisearchEngine({ ...options, timeoutMs: 20_000 }) };
  }

  test("makes one request for a search, whatever it asks for, and knows labels for a while", async () => {
    const { counts, engine } = await counting();
    const search = forProducts("mug", {
      facets: ["vendors", "categories", "prices"],
      filter: { vendors: ["Kiln"], categories: { any: ["cups"] } },
      highlights: ["title", "description"],
    });
    for (let i = 0; i < 3; i++) {
      const { facets } = await engine.searchProducts(shop.tenant, search);
      expect(facets.categories).toEqual([{ value: "cups", label: "Cups", count: 1 }]);
    }
    expect(counts).toEqual({ requests: 3, questions: 1 });
  });

  test("asks for nothing where nothing can be found", async () => {
    const { counts, engine } = await counting();
    expect(await engine.searchProducts(shop.tenant, forProducts("!?"))).toMatchObject({ hits: [] });
    expect(counts).toEqual({ requests: 0, questions: 0 });
  });

  test("throws what went wrong: an index that is not there, a server that is down", async () => {
    const own = await startMeilisearch();
    const { db } = await installation();
    const engine = meilisearchEngine({ client: own.client(), prefix: own.prefix, placeOf, db });
    const search = () => engine.searchProducts(shop.tenant, forProducts("mug"));
    await expect(search()).rejects.toThrow(/Index `test_products_en_.*` not found/);
    await own.kill();
    await expect(search()).rejects.toThrow("Request to");
    await expect(
      engine.searchProducts(shop.tenant, forProducts("mug", { after: "nonsense" })),
    ).rejects.toThrow(BadUserInput);
  });

  test("refuses the master key, and any that may list keys, and no other", async () => {
    const client = (apiKey: string) => new Meilisearch({ host: server.url, apiKey });
    const { results } = await client(server.masterKey).getKeys();
    const admin = results.find(({ name }) => name === "Default Admin API Key");
    for (const key of [server.masterKey, admin?.key ?? ""]) {
      await expect(refuseMasterKey(client(key))).rejects.toThrow(/^MEILISEARCH_API_KEY may read/);
    }
    expect(await refuseMasterKey(client(server.apiKey))).toBe(true);
    expect(await refuseMasterKey(client("wrong"))).toBe(true);
  });
});

describe("a server that does not answer", () => {
  const silent = createServer(() => {});
  let client: Meilisearch;

  beforeAll(async () => {
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    client = new Meilisearch({ host: `http://127.0.0.1:${port}`, timeout: 300 });
  });
  afterAll(() => {
    silent.closeAllConnections();
    silent.close();
  });

  test("is not waited for longer than was said", async () => {
    const { db, anEditor } = await installation();
    const engine = meilisearchEngine({ client, prefix: "test", placeOf, db, timeoutMs: 200 });
    const { tenant } = await anEditor();
    const began = performance.now();
    const search = engine.searchProducts(tenant, forProducts("mug"));
    await expect(search).rejects.toThrow("Request to");
    expect(performance.now() - began).toBeGreaterThan(190);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test("keeps nobody from starting", async () => {
    expect(await refuseMasterKey(client)).toBe(false);
  });
});
