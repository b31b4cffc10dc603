import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { products } from "#modules/commerce";
import { refreshProducts } from "#modules/index";
import { installation } from "#test/installation";
import { describeMeilisearch } from "#test/meilisearch";
import { onSale, published } from "../a-catalogue.ts";
import { aFedEngine, drift, type FedEngine, syncs } from "./a-fed-engine.ts";

describeMeilisearch("what Meilisearch is fed", () => {
  let shop: RequestContext;
  let engine: FedEngine;
  beforeAll(async () => {
    const { anEditor } = await installation();
    shop = await anEditor();
    // There before there was an engine.
    await onSale(shop, { handle: "early", title: "Early bird" });
    engine = await aFedEngine();
  });

  test("what was there before, what comes, changes and goes", async () => {
    const mug = await onSale(shop, { handle: "mug", title: "A mug" });
    await published(shop, "News of mugs");
    await engine.caughtUp();
    expect(await handles()).toEqual(["early", "mug"]);
    expect(await drift(shop)).toEqual([]);

    await products.update(shop, { id: mug, handle: "cup" });
    await refreshProducts(shop, [mug]);
    await engine.caughtUp();
    expect(await handles()).toEqual(["cup", "early"]);

    await products.remove(shop, { id: mug });
    await refreshProducts(shop, [mug]);
    await engine.caughtUp();
    expect(await handles()).toEqual(["early"]);
    expect(await drift(shop)).toEqual([]);
  });

  test("who is to feed next keeps still until it is its turn", async () => {
    await engine.secondSync();
    const before = await syncs();
    for (const handle of ["one", "two", "three"]) {
      await onSale(shop, { handle, title: handle });
      await engine.caughtUp();
    }
    expect(await syncs()).toEqual(before);

    await engine.stopSync();
    await onSale(shop, { handle: "four", title: "four" });
    await engine.caughtUp();
    expect(await handles()).toEqual(["early", "four", "one", "three", "two"]);
  });

  async function handles(): Promise<string[]> {
    const { meilisearch } = engine;
    const { results } = await meilisearch
      .client(meilisearch.masterKey)
      .index(`${meilisearch.prefix}_products_en`)
      .getDocuments({ filter: `scope = "${shop.tenant.id}:1"` });
    return results.map((document) => document["handle"] as string).sort();
  }
});
