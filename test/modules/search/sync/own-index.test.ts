import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { rollBack } from "#modules/index";
import { engineOf, removeOldGenerations } from "#modules/search";
import { installation } from "#test/installation";
import { describeMeilisearch } from "#test/meilisearch";
import { applySettings } from "../../../../src/modules/search/tuning/apply-settings.ts";
import { update } from "../../../../src/modules/search/tuning/settings.service.ts";
import { tuned } from "../../../../src/modules/search/tuning/tuned.ts";
import { onSale } from "../a-catalogue.ts";
import { aFedEngine, drift, type FedEngine, until } from "./a-fed-engine.ts";

describeMeilisearch("a tenant that tunes its searches has indexes of its own", () => {
  let shop: RequestContext;
  let neighbour: RequestContext;
  let engine: FedEngine;
  beforeAll(async () => {
    const { anEditor } = await installation();
    [shop, neighbour] = [await anEditor(), await anEditor()];
    engine = await aFedEngine();
    await onSale(shop, { title: "A sofa" });
    await onSale(neighbour, { title: "A sofa next door" });
    await engine.caughtUp();
  });

  async function titles(ctx: RequestContext, query: string): Promise<string[]> {
    const found = await engineOf(ctx).searchProducts(ctx.tenant, {
      query,
      locale: "en",
      currency: "EUR",
      filter: {},
      sort: "relevance",
      first: 10,
      facets: [],
      withTotal: false,
      highlights: [],
      ...(await tuned(ctx, "products", { locale: "en", query })),
    });
    expect(found.engine).toBe("meilisearch");
    return found.hits.map(({ card }) => card.title);
  }

  /** By whether they are a tenant's own. */
  async function indexes() {
    const { results } = await engine.meilisearch.client().getRawIndexes({ limit: 100 });
    const own = results.filter(({ uid }) => uid.includes(shop.tenant.id)).map(({ uid }) => uid);
    return { own: own.length, shared: results.length - own.length };
  }

  async function generations() {
    const { owner } = await installation();
    const { rows } = await owner.query<{ own: boolean; state: string }>(
      `select own_index as own, state from index_generations
       where tenant_id = $1 and kind = 'product' order by generation`,
      [shop.tenant.id],
    );
    return rows;
  }

  const set = async (synonyms: string[][]) => {
    await update(shop, { kind: "products", locale: "en", synonyms } as never);
    await applySettings(shop, "products");
  };

  test("its first settings move it there; later ones are applied there; nobody else is touched", async () => {
    expect(await titles(shop, "couch")).toEqual([]);
    await set([["sofa", "couch"]]);
    expect(await indexes()).toEqual({ own: 2, shared: 4 });
    await until(async () => (await titles(shop, "couch")).length > 0);
    expect(await titles(shop, "couch")).toEqual(["A sofa"]);
    expect(await titles(neighbour, "couch")).toEqual([]);
    expect(await drift(shop)).toEqual([]);

    await set([["sofa", "settee"]]);
    expect(await titles(shop, "settee")).toEqual(["A sofa"]);
    expect(await titles(shop, "couch")).toEqual([]);
    expect(await generations()).toEqual([
      { own: false, state: "previous" },
      { own: true, state: "live" },
    ]);
  });

  test("when what was live before is removed, its documents leave the shared index", async () => {
    const { client, prefix, masterKey } = engine.meilisearch;
    const shared = client.call(engine.meilisearch, masterKey).index(`${prefix}_products_en`);
    const count = async () => (await shared.getStats()).numberOfDocuments;
    expect(await count()).toBe(2);
    await removeOldGenerations(shop, 0);
    expect(await count()).toBe(1);
    expect(await generations()).toEqual([{ own: true, state: "live" }]);
    expect(await rollBack(shop, "product")).toBeUndefined();
    expect(await titles(shop, "sofa")).toEqual(["A sofa"]);
    expect(await titles(neighbour, "sofa")).toEqual(["A sofa next door"]);
  });
});
