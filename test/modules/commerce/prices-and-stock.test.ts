import { describe, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { inventory, locations, prices, setInventory, setPrices } from "#modules/commerce";
import { eventsOf, installation } from "#test/installation";
import { aVariant, aWarehouse, created, pair, rowsOf, seen } from "./a-shirt.ts";

const { anEditor } = await installation();

/** A shirt whose first size has seven in stock. */
async function aStockedShirt() {
  const editor = await anEditor();
  const locationId = await aWarehouse(editor);
  const shirt = await created(editor, {
    variants: [aVariant("S", { inventory: [{ locationId, quantity: 7 }] }), aVariant("M")],
  });
  const [small, medium] = pair(shirt.variants);
  return { editor, locationId, productId: shirt.id, small, medium };
}

/** Of the first size: what lies where. */
async function stockOf(ctx: RequestContext, productId: string) {
  const { revision, variants } = await seen(ctx, productId);
  return { revision, inventory: pair(variants)[0].inventory };
}

describe("setting prices", () => {
  const set = (ctx: RequestContext, given: Parameters<ReturnType<typeof setPrices>["parse"]>[0]) =>
    prices.set(ctx, setPrices(ctx.tenant).parse(given));

  test("replaces those there are, to the last minor unit", async () => {
    const { editor, productId, small, medium } = await aStockedShirt();
    await set(editor, {
      variantId: small.id,
      revision: 1,
      prices: [{ currency: "USD", amount: 0, compareAtAmount: Number.MAX_SAFE_INTEGER }],
    });
    const after = await seen(editor, productId);
    expect(after.revision).toBe(2);
    expect(after.variants.map((variant) => variant.prices)).toEqual([
      [{ currency: "USD", amount: 0, compareAtAmount: 9_007_199_254_740_991 }],
      medium.prices,
    ]);
    expect((await eventsOf(editor)).slice(1)).toEqual([
      { type: "price.updated", payload: { variantId: small.id, productId, revision: 2 } },
    ]);
  });

  test("to what they are already says nothing", async () => {
    const { editor, small } = await aStockedShirt();
    const before = await rowsOf(editor);
    await set(editor, { variantId: small.id, prices: small.prices.toReversed() });
    expect(await rowsOf(editor)).toEqual(before);
  });

  test("takes back a reduction", async () => {
    const { editor, productId, small } = await aStockedShirt();
    await set(editor, {
      variantId: small.id,
      prices: small.prices.map(({ currency, amount }) => ({ currency, amount })),
    });
    const [first] = pair((await seen(editor, productId)).variants);
    expect(first.prices.map(({ compareAtAmount }) => compareAtAmount)).toEqual([null, null]);
  });

  test("is refused for a stale revision or an unknown variant, and changes nothing", async () => {
    const { editor, small } = await aStockedShirt();
    const before = await rowsOf(editor);
    await expect(
      set(editor, { variantId: small.id, revision: 2, prices: [] }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(set(editor, { variantId: newId(), prices: [] })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await rowsOf(editor)).toEqual(before);
  });
});

describe("stock", () => {
  test("is set at one location; the others stay", async () => {
    const { editor, locationId, productId, small } = await aStockedShirt();
    const shop = await aWarehouse(editor, "shop");
    const given = { variantId: small.id, locationId: shop, quantity: 2, revision: 1 };
    await inventory.set(editor, setInventory.parse(given));
    expect(await stockOf(editor, productId)).toEqual({
      revision: 2,
      inventory: [
        { locationId, quantity: 7 },
        { locationId: shop, quantity: 2 },
      ],
    });
    expect((await eventsOf(editor)).slice(1)).toEqual([
      { type: "inventory.updated", payload: { variantId: small.id, productId, revision: 2 } },
    ]);
  });

  test("set to what it is already says nothing", async () => {
    const { editor, locationId, small } = await aStockedShirt();
    const before = await rowsOf(editor);
    await inventory.set(editor, { variantId: small.id, locationId, quantity: 7 });
    expect(await rowsOf(editor)).toEqual(before);
  });

  test("is adjusted, below zero where more was sold than there was", async () => {
    const { editor, locationId, productId, small, medium } = await aStockedShirt();
    await inventory.adjust(editor, { variantId: small.id, locationId, delta: -9 });
    await inventory.adjust(editor, { variantId: medium.id, locationId, delta: 4 });
    const { variants, revision } = await seen(editor, productId);
    expect(revision).toBe(3);
    expect(variants.map((variant) => variant.inventory)).toEqual([
      [{ locationId, quantity: -2 }],
      [{ locationId, quantity: 4 }],
    ]);
    expect((await eventsOf(editor)).slice(1).map(({ type }) => type)).toEqual([
      "inventory.updated",
      "inventory.updated",
    ]);
  });

  test("counts every one of many adjustments made at the same time", async () => {
    const { editor, locationId, productId, small } = await aStockedShirt();
    const deltas = Array.from({ length: 24 }, (_, index) => index + 1);
    await Promise.all(
      deltas.map((delta) => inventory.adjust(editor, { variantId: small.id, locationId, delta })),
    );
    expect(await stockOf(editor, productId)).toEqual({
      revision: 25,
      inventory: [{ locationId, quantity: 7 + 300 }],
    });
    const revisions = (await eventsOf(editor)).map(
      ({ payload }) => (payload as { revision: number }).revision,
    );
    expect(revisions.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 25 }, (_, i) => i + 1),
    );
  });

  test("is refused where there is no such variant or location, and for a stale revision", async () => {
    const { editor, locationId, small } = await aStockedShirt();
    const before = await rowsOf(editor);
    const level = { variantId: small.id, locationId, quantity: 1 };
    const nowhere = { code: "BAD_USER_INPUT", details: { issues: [{ path: ["locationId"] }] } };
    await expect(inventory.set(editor, { ...level, revision: 2 })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await expect(inventory.set(editor, { ...level, variantId: newId() })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(inventory.set(editor, { ...level, locationId: newId() })).rejects.toMatchObject(
      nowhere,
    );
    await expect(
      inventory.adjust(editor, { variantId: small.id, locationId: newId(), delta: 1 }),
    ).rejects.toMatchObject(nowhere);
    expect(await rowsOf(editor)).toEqual(before);
  });

  test("cannot be more than can be counted", async () => {
    const { editor, locationId, small } = await aStockedShirt();
    const before = await rowsOf(editor);
    await expect(
      inventory.adjust(editor, { variantId: small.id, locationId, delta: 2_147_483_647 }),
    ).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
    expect(await rowsOf(editor)).toEqual(before);
  });
});

describe("a stock location", () => {
  test("is created, renamed and removed", async () => {
    const editor = await anEditor();
    const { id } = await locations.create(editor, { handle: "shop", name: "The shop" });
    expect(await locations.update(editor, { id, name: "The old shop" })).toMatchObject({
      handle: "shop",
      name: "The old shop",
    });
    expect((await rowsOf(editor))["stock_locations"]).toMatchObject([{ name: "The old shop" }]);
    await locations.remove(editor, { id });
    expect(await rowsOf(editor)).toEqual({});
  });

  test("stays while something has a stock there", async () => {
    const { editor, locationId, small } = await aStockedShirt();
    await inventory.set(editor, { variantId: small.id, locationId, quantity: 0 });
    const before = await rowsOf(editor);
    await expect(locations.remove(editor, { id: locationId })).rejects.toMatchObject({
      code: "CONFLICT",
      details: { by: "inventory_levels" },
    });
    expect(await rowsOf(editor)).toEqual(before);
  });

  test("has a handle of its own, and is found or not", async () => {
    const editor = await anEditor();
    await aWarehouse(editor, "one");
    const id = await aWarehouse(editor, "two");
    const before = await rowsOf(editor);
    const taken = { code: "CONFLICT", details: { field: "handle" } };
    await expect(aWarehouse(editor, "one")).rejects.toMatchObject(taken);
    await expect(locations.update(editor, { id, handle: "one" })).rejects.toMatchObject(taken);
    const unknown = { code: "NOT_FOUND" };
    await expect(locations.update(editor, { id: newId() })).rejects.toMatchObject(unknown);
    await expect(locations.remove(editor, { id: newId() })).rejects.toMatchObject(unknown);
    expect(await rowsOf(editor)).toEqual(before);
  });
});
