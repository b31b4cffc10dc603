import { beforeAll, beforeEach, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { products } from "#modules/commerce";
import { refreshProducts } from "#modules/index";
import { defaultTuning, engineOf, type ProductSearch } from "#modules/search";
import { holdRows, untilWaiting } from "#test/held-rows";
import { installation } from "#test/installation";
import { describeMeilisearch } from "#test/meilisearch";
import { onSale } from "../a-catalogue.ts";
import { aFedEngine, type FedEngine, until } from "./a-fed-engine.ts";

const mugs: ProductSearch = {
  query: "mug",
  locale: "en",
  currency: "EUR",
  filter: {},
  sort: "relevance",
  first: 2,
  facets: [],
  withTotal: true,
  highlights: [],
  pinned: [],
  hidden: [],
  tuning: defaultTuning,
};

describeMeilisearch("PostgreSQL answers where Meilisearch cannot, and says so", () => {
  let shop: RequestContext;
  let engine: FedEngine;
  beforeAll(async () => {
    shop = await (await installation()).anEditor();
    engine = await aFedEngine();
    for (const title of ["Red mug", "Blue mug", "Green mug", "Tall mug"]) {
      await onSale(shop, { title });
    }
    await engine.caughtUp();
  });
  beforeEach(() => until(async () => (await answer()).engine === "meilisearch"));

  /** What is answered, by whom, and whether within two seconds. */
  async function answer(search: Partial<ProductSearch> = {}) {
    const began = performance.now();
    const found = await engineOf(shop).searchProducts(shop.tenant, { ...mugs, ...search });
    return {
      engine: found.engine,
      degraded: found.degraded,
      total: found.totalCount,
      inTime: performance.now() - began < 2_000,
      found,
    };
  }
  const byMeilisearch = { engine: "meilisearch", degraded: false, total: 4, inTime: true };
  const byPostgres = { engine: "postgresql", degraded: true, total: 4, inTime: true };

  test("it is down, and is back", async () => {
    expect(await answer()).toMatchObject(byMeilisearch);
    await engine.meilisearch.kill();
    expect(await answer()).toMatchObject(byPostgres);
    expect(await answer()).toMatchObject(byPostgres);
    await engine.meilisearch.start();
    await until(async () => (await answer()).engine === "meilisearch");
    expect(await answer()).toMatchObject(byMeilisearch);
  });

  test("it takes too long: one search waits for it, the others do not", async () => {
    engine.meilisearch.pause();
    expect(await answer()).toMatchObject(byPostgres);
    const timed = async () => {
      const began = performance.now();
      expect(await answer()).toMatchObject(byPostgres);
      return performance.now() - began;
    };
    const times = await Promise.all(Array.from({ length: 10 }, timed));
    expect(times.filter((ms) => ms > 1_200).length).toBeLessThanOrEqual(1);
    engine.meilisearch.resume();
  });

  test("its index is gone, or not filled yet", async () => {
    const { meilisearch } = engine;
    const master = meilisearch.client(meilisearch.masterKey);
    const uid = `${meilisearch.prefix}_products_en`;
    // Whoever makes it anew comes no further than to what it notes of it.
    const note = "select from search_indexes where uid = $1 for update";
    const goOn = await holdRows(note, [uid]);
    await master.deleteIndex(uid).waitTask();
    await untilWaiting(1, new Promise(() => {}));
    // Longer than a search that failed keeps others from being tried.
    const seen = new Set<string>();
    const since = performance.now();
    await until(async () => {
      const { engine: by, total } = await answer();
      seen.add(`${total} by ${by}`);
      return performance.now() - since > 2_500;
    });
    expect([...seen]).toEqual(["4 by postgresql"]);
    await goOn();
    await until(async () => (await answer()).engine === "meilisearch");
    expect(await answer()).toMatchObject(byMeilisearch);
  });

  test("it has not had a change for too long", async () => {
    const id = await onSale(shop, { title: "Late mug" });
    await engine.caughtUp();
    const { owner } = await installation();
    const waits = (since: string) =>
      owner.query(
        `update search_documents set since = now() - $2::interval, sent_task = 4000000000
         where entity_id = $1`,
        [id, since],
      );
    await engine.stopSync();
    // Until a machine is quick enough to ask in time.
    await until(async () => {
      await waits("0.5 seconds");
      await placesForgotten();
      return (await answer()).engine === "meilisearch";
    });
    await waits("1 second");
    await placesForgotten();
    expect(await answer()).toMatchObject({ ...byPostgres, total: 5 });
    await engine.restartSync();
    await until(async () => (await answer()).engine === "meilisearch");
    await products.remove(shop, { id });
    await refreshProducts(shop, [id]);
    await engine.caughtUp();
  });

  /** Where to search is remembered for a quarter of a second. */
  const placesForgotten = () => new Promise((resolve) => setTimeout(resolve, 300));

  test("between two pages, in either direction, no hit is lost or shown twice", async () => {
    const titlesOf = ({ found }: Awaited<ReturnType<typeof answer>>) =>
      found.hits.map(({ card }) => card.title);
    const sort = "title" as const;
    const first = await answer({ sort });
    await engine.meilisearch.kill();
    const rest = await answer({ sort, after: first.found.hits.at(-1)?.cursor });
    const begun = await answer({ sort });
    await engine.meilisearch.start();
    await until(async () => (await answer()).engine === "meilisearch");
    const ended = await answer({ sort, after: begun.found.hits.at(-1)?.cursor });

    expect([first, rest, begun, ended].map(({ found }) => found.engine)).toEqual([
      "meilisearch",
      "postgresql",
      "postgresql",
      "meilisearch",
    ]);
    const all = ["Blue mug", "Green mug", "Red mug", "Tall mug"];
    expect([...titlesOf(first), ...titlesOf(rest)]).toEqual(all);
    expect([...titlesOf(begun), ...titlesOf(ended)]).toEqual(all);
  });

  test("a caller's fault is one on either engine, and no reason to rest", async () => {
    await expect(answer({ after: "nonsense" })).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
    expect(await answer()).toMatchObject(byMeilisearch);
  });
});
