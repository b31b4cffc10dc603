import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { rebuild } from "#modules/index";
import { removeOldGenerations } from "#modules/search";
import { installation } from "#test/installation";
import { describeMeilisearch } from "#test/meilisearch";
import { onSale } from "../a-catalogue.ts";
import { aFedEngine, type FedEngine } from "../sync/a-fed-engine.ts";

describeMeilisearch("a read model that nobody can go back to", () => {
  let shop: RequestContext;
  let engine: FedEngine;
  beforeAll(async () => {
    shop = await (await installation()).anEditor();
    await onSale(shop, { title: "A mug" });
    engine = await aFedEngine();
    await engine.caughtUp();
  });

  async function states(): Promise<string[]> {
    const { owner } = await installation();
    const { rows } = await owner.query<{ state: string }>(
      "select state from index_generations where tenant_id = $1 and kind = 'product' order by generation",
      [shop.tenant.id],
    );
    return rows.map(({ state }) => state);
  }

  test("is kept while the engine is still to be told of it: what comes after its removal would stay", async () => {
    const { owner } = await installation();
    await rebuild(shop, { kind: "product" });
    await engine.caughtUp();
    await engine.stopSync();
    await owner.query(
      "update search_documents set version = nextval('search_versions') where tenant_id = $1 and generation = 1",
      [shop.tenant.id],
    );
    await removeOldGenerations(shop, 0);
    expect(await states()).toEqual(["retired", "live"]);

    await engine.restartSync();
    await engine.caughtUp();
    await removeOldGenerations(shop, 0);
    expect(await states()).toEqual(["live"]);
  });
});
