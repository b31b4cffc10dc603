import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { products } from "#modules/commerce";
import { refreshProducts } from "#modules/index";
import { installation } from "#test/installation";
import { describeMeilisearch } from "#test/meilisearch";
import { onSale } from "../a-catalogue.ts";
import { aFedEngine, drift, type FedEngine } from "./a-fed-engine.ts";

describeMeilisearch("a document that Meilisearch cannot have", () => {
  let shop: RequestContext;
  let engine: FedEngine;
  beforeAll(async () => {
    shop = await (await installation()).anEditor();
    // Its requests may have 20 kB: a long text does not pass, nor does a batch of some.
    engine = await aFedEngine({ arguments: ["--http-payload-size-limit", "20000"] });
  });

  /** What stands in the way of documents in English, by their ids. */
  async function problems(): Promise<Record<string, string>> {
    const { owner } = await installation();
    const { rows } = await owner.query<{ entity_id: string; problem: string }>(
      `select entity_id, problem from search_documents
       where tenant_id = $1 and locale = 'en' and problem is not null`,
      [shop.tenant.id],
    );
    return Object.fromEntries(rows.map(({ entity_id, problem }) => [entity_id, problem]));
  }

  test("is left out with its reason, and its neighbours go in; once changed, it follows", async () => {
    const vendor = "Ä".repeat(250);
    const neighbour = await onSale(shop, { title: "A neighbour" });
    const known = await onSale(shop, { title: "Known", vendor: "Loom" });
    await engine.caughtUp();
    await products.update(shop, { id: known, vendor });
    await refreshProducts(shop, [known, neighbour]);
    await engine.caughtUp();
    expect(await problems()).toEqual({
      [known]: expect.stringContaining("has 500 bytes, and what is filtered by may have 468"),
    });
    expect((await drift(shop)).map(({ id, locale, reason }) => ({ id, locale, reason }))).toEqual([
      { id: known, locale: "de", reason: "refused" },
      { id: known, locale: "en", reason: "refused" },
    ]);

    await products.update(shop, { id: known, vendor: "Loom" });
    await refreshProducts(shop, [known]);
    await engine.caughtUp();
    expect(await problems()).toEqual({});
    expect(await drift(shop)).toEqual([]);
  });

  test("is found among many that were sent together", async () => {
    const text = (length: number) =>
      Array.from({ length: length / 8 }, (_, n) => `w${n}`.padEnd(7, "x")).join(" ");
    const titles = Array.from({ length: 60 }, (_, n) => `Number ${n}`);
    const ids = await Promise.all(
      titles.map((title, n) =>
        onSale(shop, { title, description: n === 17 ? text(18_000) : text(800) }),
      ),
    );
    await engine.caughtUp();
    expect(Object.keys(await problems())).toEqual([ids[17]]);
    const found = await drift(shop);
    expect(new Set(found.map(({ id, reason }) => `${id} ${reason}`))).toEqual(
      new Set([`${ids[17]} refused`]),
    );
  });
});
