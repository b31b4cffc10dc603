import { afterAll, beforeEach, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { products } from "#modules/commerce";
import { refreshProducts, verify } from "#modules/index";
import { patrol } from "#modules/search";
import { tags } from "#modules/taxonomy";
import { settled, startBackground } from "#test/background";
import { installation } from "#test/installation";
import { aTag, onSale } from "../a-catalogue.ts";
import { until } from "../sync/a-fed-engine.ts";

let shop: RequestContext;
let mug: string;
beforeEach(async () => {
  shop = await (await installation()).anEditor();
  mug = await onSale(shop, { title: "A mug" });
});

async function spoil(): Promise<void> {
  const { owner } = await installation();
  await owner.query(
    "update index_products set in_stock = true where product_id = $1 and locale = 'en'",
    [mug],
  );
  await longAgo();
}

/** As if everything had been changed an hour ago. */
async function longAgo(): Promise<void> {
  const { owner } = await installation();
  await owner.query(
    "update sys_events set occurred_at = now() - interval '1 hour' where tenant_id = $1",
    [shop.tenant.id],
  );
}

async function book() {
  const { owner } = await installation();
  const { rows } = await owner.query<{ rounds: number; found: number }>(
    "select rounds, found::int from index_patrol where tenant_id = $1 and kind = 'product'",
    [shop.tenant.id],
  );
  return rows[0];
}

test("what differs is repaired page by page, and kept count of", async () => {
  await spoil();
  expect(await patrol(shop, "product")).toEqual({ found: 1, round: false });
  expect(await Array.fromAsync(verify(shop))).toEqual([]);
  expect(await patrol(shop, "product")).toEqual({ found: 0, round: true });
  expect(await patrol(shop, "product")).toEqual({ found: 0, round: false });
  expect(await book()).toEqual({ rounds: 1, found: 1 });
});

test("where a look fails, it is taken for a look all the same: the others have their turn", async () => {
  const { owner } = await installation();
  const looked = async () => {
    const { rows } = await owner.query<{ lately: boolean }>(
      "select looked_at > now() - interval '10 s' as lately from index_patrol where tenant_id = $1 and kind = 'product'",
      [shop.tenant.id],
    );
    return rows[0]?.lately ?? false;
  };
  expect(await looked()).toBe(false);
  await owner.query("alter table index_products rename to index_products_aside");
  try {
    await expect(patrol(shop, "product")).rejects.toThrow("index_products");
  } finally {
    await owner.query("alter table index_products_aside rename to index_products");
  }
  expect(await looked()).toBe(true);
  expect(await book()).toEqual({ rounds: 0, found: 0 });
});

test("what was changed lately may be on its way: it is no drift before two minutes are over", async () => {
  const change = { id: mug, translations: [{ locale: "en", title: "A cup" }] };
  await products.update(shop, change as never);
  expect(await patrol(shop, "product")).toEqual({ found: 0, round: false });
  await patrol(shop, "product");
  await longAgo();
  expect(await patrol(shop, "product")).toEqual({ found: 2, round: false });
  expect(await Array.fromAsync(verify(shop))).toEqual([]);
});

test("nor is what shows something that was changed lately", async () => {
  const tag = await aTag(shop, "tableware");
  await products.update(shop, { id: mug, tagIds: [tag] });
  await refreshProducts(shop, [mug]);
  await longAgo();
  await tags.update(shop, { id: tag, name: "For the table" });
  expect(await patrol(shop, "product")).toEqual({ found: 0, round: false });
  await patrol(shop, "product");
  await longAgo();
  expect(await patrol(shop, "product")).toEqual({ found: 2, round: false });
});

test("a worker goes on patrol by itself", async () => {
  const { owner } = await installation();
  await owner.query(
    `insert into index_patrol (tenant_id, kind, looked_at)
     select tenant_id, kind, now() + interval '1 hour' from index_generations where tenant_id <> $1
     on conflict (tenant_id, kind) do update set looked_at = excluded.looked_at`,
    [shop.tenant.id],
  );
  const background = await startBackground();
  afterAll(() => background.stop());
  await settled();
  await spoil();
  await until(async () => (await book())?.found === 1, 90_000);
  expect(await Array.fromAsync(verify(shop))).toEqual([]);
}, 120_000);
