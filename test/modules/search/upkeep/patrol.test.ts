import { afterAll, beforeEach, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { products } from "#modules/commerce";
import { refreshProducts, verify } from "#modules/index";
import { patrol } from "#modules/search";
import { settled, startBackground } from "#test/background";
import { installation } from "#test/installation";
import { onSale } from "../a-catalogue.ts";
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

test("what has only just changed is no drift", async () => {
  await products.update(shop, {
    id: mug,
    translations: [{ locale: "en", title: "A cup" }],
  } as never);
  const looked = patrol(shop, "product");
  setTimeout(() => void refreshProducts(shop, [mug]), 200);
  expect(await looked).toEqual({ found: 0, round: false });
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
  await until(async () => (await book())?.found === 1, 25_000);
  expect(await Array.fromAsync(verify(shop))).toEqual([]);
});
