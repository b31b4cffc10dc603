import { expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import {
  createProduct,
  inventory,
  locations,
  prices,
  products,
  setPrices,
  updateProduct,
  variants,
} from "#modules/commerce";
import { categories } from "#modules/taxonomy";
import { installation } from "#test/installation";
import { find, get } from "../../../src/modules/commerce/product.queries.ts";
import { find as findLocations } from "../../../src/modules/commerce/location.queries.ts";
import { aShirt, aVariant, aWarehouse, created, pair, rowsOf } from "./a-shirt.ts";

const { anEditor } = await installation();

async function aStockedShop() {
  const editor = await anEditor();
  const locationId = await aWarehouse(editor);
  const shirt = await created(editor, {
    variants: [aVariant("S", { inventory: [{ locationId, quantity: 7 }] }), aVariant("M")],
  });
  const [{ id: variantId }] = pair(shirt.variants);
  return { editor, locationId, id: shirt.id, variantId };
}

test("two tenants have the same handles and SKUs and never meet", async () => {
  const one = await aStockedShop();
  const other = await aStockedShop();
  for (const { editor, id } of [one, other]) {
    const { edges, totalCount } = await find(editor, { first: 10 });
    expect(edges.map(({ node }) => node.id)).toEqual([id]);
    expect(totalCount).toBe(1);
  }
});

test("another tenant finds nothing, changes nothing and leaves no event", async () => {
  const { editor, locationId, id, variantId } = await aStockedShop();
  const before = await rowsOf(editor);
  const stranger = await anEditor();
  const level = { variantId, locationId };

  expect(await get(stranger, id)).toBeNull();
  expect(await find(stranger, { first: 10 })).toMatchObject({ edges: [], totalCount: 0 });
  expect(await findLocations(stranger, { first: 10 })).toMatchObject({ edges: [], totalCount: 0 });

  const attempts: ((ctx: RequestContext) => Promise<unknown>)[] = [
    (ctx) => products.update(ctx, updateProduct(ctx.tenant).parse({ id, vendor: "Mine" })),
    (ctx) => products.publish(ctx, { id }),
    (ctx) => products.unpublish(ctx, { id }),
    (ctx) => products.remove(ctx, { id }),
    (ctx) => variants.create(ctx, { ...aVariant("L"), productId: id, prices: [] }),
    (ctx) => variants.update(ctx, { id: variantId, sku: "mine" }),
    (ctx) => variants.remove(ctx, { id: variantId }),
    (ctx) => prices.set(ctx, setPrices(ctx.tenant).parse({ variantId, prices: [] })),
    (ctx) => inventory.set(ctx, { ...level, quantity: 0 }),
    (ctx) => inventory.adjust(ctx, { ...level, delta: -1 }),
    (ctx) => locations.update(ctx, { id: locationId, name: "Mine" }),
    (ctx) => locations.remove(ctx, { id: locationId }),
  ];
  for (const attempt of attempts) {
    await expect(attempt(stranger), attempt.toString()).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  }
  expect(await rowsOf(editor)).toEqual(before);
  expect(await rowsOf(stranger)).toEqual({});
});

test("another tenant's categories and locations are as good as none", async () => {
  const { editor, locationId } = await aStockedShop();
  const { id: categoryId } = await categories.create(editor, {
    scope: "product",
    handle: "shirts",
    position: 0,
    translations: [{ locale: "en", name: "Shirts" }],
  });
  const stranger = await anEditor();
  const borrowed = [
    aShirt({ categoryIds: [categoryId] }),
    aShirt({ variants: [aVariant("S", { inventory: [{ locationId, quantity: 1 }] })] }),
  ];
  for (const input of borrowed) {
    await expect(
      products.create(stranger, createProduct(stranger.tenant).parse(input)),
    ).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  }
  expect(await rowsOf(stranger)).toEqual({});
});

test("a forgotten filter shows another tenant nothing", async () => {
  await aStockedShop();
  const stranger = await anEditor();
  for (const table of ["products", "product_variants", "prices", "inventory_levels"]) {
    const rows = await inTransaction(stranger, (tx) => tx.sql(`select * from ${table}`));
    expect(rows, table).toEqual([]);
  }
});
