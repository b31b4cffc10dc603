import { Index } from "meilisearch";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { RequestContext } from "#kernel/context";
import { products } from "#modules/commerce";
import { refreshProducts } from "#modules/index";
import { patrol } from "#modules/search";
import { installation } from "#test/installation";
import { describeMeilisearch } from "#test/meilisearch";
import { onSale } from "../a-catalogue.ts";
import { aFedEngine, drift, type FedEngine } from "./a-fed-engine.ts";

describeMeilisearch("the patrol of what Meilisearch has", () => {
  let engine: FedEngine;
  let shop: RequestContext;
  let mug: string;

  beforeAll(async () => {
    engine = await aFedEngine();
  });

  beforeEach(async () => {
    shop = await (await installation()).anEditor();
    mug = await onSale(shop, { title: "A mug" });
    await engine.caughtUp();
  });

  const renamed = async (title: string) => {
    const change = { id: mug, translations: [{ locale: "en", title }] };
    await products.update(shop, change as never);
    await refreshProducts(shop, [mug]);
  };

  /** Has something happen between the patrol's look at the rows and its look at the engine. */
  const inBetween = (happens: () => Promise<void>) =>
    vi.spyOn(Index.prototype, "getDocuments").mockImplementationOnce(async function (
      this: Index,
      ...of: Parameters<Index["getDocuments"]>
    ) {
      await happens();
      return this.getDocuments(...of);
    });

  test("finds what differs, and has it sent again", async () => {
    const { meilisearch } = engine;
    const index = meilisearch
      .client(meilisearch.masterKey)
      .index(`${meilisearch.prefix}_products_en`);
    await index.updateDocuments([{ id: `${mug}_1`, title: "A jug" }]).waitTask();
    expect(await patrol(shop, "product")).toEqual({ found: 1, round: false });
    await engine.caughtUp();
    expect(await drift(shop)).toEqual([]);
  });

  test("takes nothing for drift that the engine is given while it looks", async () => {
    const looked = inBetween(async () => {
      await renamed("A cup");
      await engine.caughtUp();
    });
    expect(await patrol(shop, "product")).toEqual({ found: 0, round: false });
    expect(looked).toHaveBeenCalled();
  });
});
