import { beforeEach, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { Conflict } from "#kernel/errors";
import { products } from "#modules/commerce";
import { rebuild, refreshProducts, removeRetired, retire, rollBack, verify } from "#modules/index";
import { installation } from "#test/installation";
import { onSale } from "../search/a-catalogue.ts";

let shop: RequestContext;
let mug: string;
beforeEach(async () => {
  shop = await (await installation()).anEditor();
  mug = await onSale(shop, { handle: "mug", title: "A mug" });
});

/** What is kept of a kind, by generation. */
async function states(kind = "product"): Promise<Record<number, string>> {
  const { owner } = await installation();
  const { rows } = await owner.query<{ generation: number; state: string }>(
    "select generation, state from index_generations where tenant_id = $1 and kind = $2",
    [shop.tenant.id, kind],
  );
  return Object.fromEntries(rows.map(({ generation, state }) => [generation, state]));
}

/** The titles of the mug in English, by generation. */
async function titles(): Promise<Record<number, string>> {
  const { owner } = await installation();
  const { rows } = await owner.query<{ generation: number; title: string }>(
    "select generation, title from index_products where product_id = $1 and locale = 'en'",
    [mug],
  );
  return Object.fromEntries(rows.map(({ generation, title }) => [generation, title]));
}

async function rename(title: string): Promise<void> {
  await products.update(shop, {
    id: mug,
    translations: [{ locale: "en", title }],
  } as never);
  await refreshProducts(shop, [mug]);
}

test("a rebuild cuts over to a new read model, and changes go on reaching both", async () => {
  await rebuild(shop, { kind: "product" });
  expect(await states()).toEqual({ 1: "previous", 2: "live" });
  expect(await states("node")).toEqual({ 1: "live" });
  await rename("A cup");
  expect(await titles()).toEqual({ 1: "A cup", 2: "A cup" });
  expect(await Array.fromAsync(verify(shop))).toEqual([]);
});

test("one that was cut short goes on where it was, and hears of what changed meanwhile", async () => {
  const seen: number[] = [];
  const cutShort = rebuild(shop, {
    kind: "product",
    onProgress: ({ done }) => {
      seen.push(done);
      if (done > 0) throw new Error("The power is out.");
    },
  });
  await expect(cutShort).rejects.toThrow("The power is out.");
  expect(await states()).toEqual({ 1: "live", 2: "building" });
  await rename("A cup");
  expect(await titles()).toEqual({ 1: "A cup", 2: "A cup" });

  const resumed: number[] = [];
  await rebuild(shop, { kind: "product", onProgress: ({ done }) => resumed.push(done) });
  expect(seen).toEqual([0, 1]);
  expect(resumed).toEqual([1]);
  expect(await states()).toEqual({ 1: "previous", 2: "live" });
});

test("a rollback goes back to what follows along, and forth again", async () => {
  await rebuild(shop, { kind: "product" });
  await rename("A cup");
  expect(await rollBack(shop, "product")).toEqual({ did: "rolled back", generation: 1 });
  expect(await states()).toEqual({ 1: "live", 2: "previous" });
  expect(await Array.fromAsync(verify(shop))).toEqual([]);
  expect(await rollBack(shop, "product")).toEqual({ did: "rolled back", generation: 2 });
  expect(await rollBack(shop, "node")).toBeUndefined();
});

test("a rollback during a rebuild abandons it, and what is left of it is removed", async () => {
  const stop = () => {
    throw new Error("stop");
  };
  await expect(rebuild(shop, { kind: "product", onProgress: stop })).rejects.toThrow("stop");
  expect(await rollBack(shop, "product")).toEqual({ did: "abandoned", generation: 2 });
  expect(await retire(shop)).toEqual([{ kind: "product", generation: 2 }]);
  await removeRetired(shop, { kind: "product", generation: 2 });
  expect(await states()).toEqual({ 1: "live" });
  expect(await titles()).toEqual({ 1: "A mug" });
});

test("what was live is kept for as long as one can go back, and no longer", async () => {
  await rebuild(shop, { kind: "product" });
  expect(await retire(shop)).toEqual([]);
  expect(await retire(shop, 0)).toEqual([{ kind: "product", generation: 1 }]);
  await rename("A cup");
  expect(await titles()).toEqual({ 1: "A mug", 2: "A cup" });
  await removeRetired(shop, { kind: "product", generation: 1 });
  expect(await titles()).toEqual({ 2: "A cup" });
  expect(await rollBack(shop, "product")).toBeUndefined();
});

test("two do not rebuild the same at once", async () => {
  let second: unknown;
  await rebuild(shop, {
    kind: "product",
    async ownIndex() {
      second = await rebuild(shop, { kind: "product" }).catch((error: unknown) => error);
      return false;
    },
  });
  expect(second).toBeInstanceOf(Conflict);
  expect(await states()).toEqual({ 1: "previous", 2: "live" });
});

test("another tenant neither sees nor moves it", async () => {
  const stranger = await (await installation()).anEditor();
  await rebuild(stranger, { kind: "product" });
  expect(await states()).toEqual({ 1: "live" });
  const theirs = await inTransaction(stranger, (tx) =>
    tx.sql("update index_generations set state = 'retired' where tenant_id = $1 returning 1", [
      shop.tenant.id,
    ]),
  );
  expect(theirs).toEqual([]);
});
