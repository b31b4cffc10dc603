import { expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { newId } from "#kernel/ids";
import { createProduct, products, recordSales, sales, updateProduct } from "#modules/commerce";
import { refreshProducts, verify } from "#modules/index";
import { eventsOf, installation } from "#test/installation";
import { aShirt, created, rowsOf, seen } from "./a-shirt.ts";

const { anEditor } = await installation();

const sell = (ctx: RequestContext, ...given: [productId: string, units: number][]) =>
  sales.record(
    ctx,
    recordSales.parse({ sales: given.map(([productId, units]) => ({ productId, units })) }),
  );

/** What the read model says of the product, the same in each locale. */
async function signals(ctx: RequestContext, id: string) {
  await refreshProducts(ctx, [id]);
  return inTransaction(ctx, (tx) =>
    tx.sql("select distinct boost, popularity from index_products where product_id = $1", [id]),
  );
}

test("units sold add up, and returns are taken off", async () => {
  const ctx = await anEditor();
  const [mug, cup] = [await created(ctx), await created(ctx, { handle: "cup", variants: [] })];
  expect(await sell(ctx, [mug.id, 5], [cup.id, 1])).toEqual([
    { productId: mug.id, units: 5 },
    { productId: cup.id, units: 1 },
  ]);
  expect(await sell(ctx, [mug.id, -2])).toEqual([{ productId: mug.id, units: 3 }]);
  expect(await sell(ctx, [mug.id, -3])).toEqual([{ productId: mug.id, units: 0 }]);
});

test("each product sold has its revision raised and an event, and the read model follows", async () => {
  const ctx = await anEditor();
  const { id } = await created(ctx, { status: "published", boost: -7 });
  expect(await signals(ctx, id)).toEqual([{ boost: -7, popularity: 0 }]);
  await sell(ctx, [id, 6]);
  expect((await seen(ctx, id)).revision).toBe(2);
  expect((await eventsOf(ctx)).slice(2)).toEqual([
    { type: "sales.recorded", payload: { productId: id, revision: 2 } },
  ]);
  expect(await signals(ctx, id)).toEqual([{ boost: -7, popularity: 2 }]);
  await sell(ctx, [id, 1]);
  expect(await signals(ctx, id)).toEqual([{ boost: -7, popularity: 3 }]);
  await sell(ctx, [id, 2 ** 31 - 1]);
  expect(await signals(ctx, id)).toEqual([{ boost: -7, popularity: 31 }]);
  for await (const difference of verify(ctx)) expect(difference).toBeUndefined();
});

test("of what is not public the read model holds no signals", async () => {
  const ctx = await anEditor();
  const { id } = await created(ctx, { status: "published", boost: 9 });
  await sell(ctx, [id, 100]);
  expect(await signals(ctx, id)).toEqual([{ boost: 9, popularity: 6 }]);
  await products.unpublish(ctx, { id });
  expect(await signals(ctx, id)).toEqual([{ boost: 0, popularity: 0 }]);
});

test("all faults are told at once, and nothing is recorded beside them", async () => {
  const ctx = await anEditor();
  const { id } = await created(ctx);
  const other = await created(ctx, { handle: "other", variants: [] });
  await sell(ctx, [id, 1]);
  const before = await rowsOf(ctx);
  const stranger = newId();
  await expect(sell(ctx, [stranger, 1], [other.id, 4], [id, -2])).rejects.toMatchObject({
    code: "BAD_USER_INPUT",
    details: {
      issues: [
        { path: ["sales", 0, "productId"], message: "is not a product" },
        { path: ["sales", 2, "units"], message: "is more than was sold" },
      ],
    },
  });
  expect(await rowsOf(ctx)).toEqual(before);
  expect(await sell(ctx, [other.id, 1], [id, -1])).toEqual([
    { productId: other.id, units: 1 },
    { productId: id, units: 0 },
  ]);
});

test.each([
  ["no sales", { sales: [] }, ["sales"]],
  ["nothing sold", { sales: [{ productId: newId(), units: 0 }] }, ["sales.0.units"]],
  [
    "parts of units",
    { sales: [{ productId: "x", units: 0.5 }] },
    ["sales.0.productId", "sales.0.units"],
  ],
])("%s are refused", (_, given, paths) => {
  const { error } = recordSales.safeParse(given);
  expect(error?.issues.map(({ path }) => path.join("."))).toEqual(paths);
});

test("a product is named once in a request", () => {
  const productId = newId();
  const { error } = recordSales.safeParse({
    sales: [
      { productId, units: 1 },
      { productId, units: 2 },
    ],
  });
  expect(error?.issues).toMatchObject([{ path: ["sales", 1] }]);
});

test("sales recorded at the same time all count, whatever order they name the products in", async () => {
  const ctx = await anEditor();
  const ids: string[] = [];
  for (const handle of ["a", "b", "c", "d"]) {
    ids.push((await created(ctx, { handle, variants: [] })).id);
  }
  await Promise.all(
    Array.from({ length: 16 }, (_, turn) =>
      sell(ctx, ...(turn % 2 ? ids : ids.toReversed()).map((id): [string, number] => [id, 1])),
    ),
  );
  const totals = await sell(ctx, ...ids.map((id): [string, number] => [id, 1]));
  expect(totals.map(({ units }) => units)).toEqual([17, 17, 17, 17]);
  expect((await seen(ctx, ids[0] as string)).revision).toBe(18);
});

test("a boost is set, changed, kept when it is left out, and bounded", async () => {
  const ctx = await anEditor();
  const shirt = await created(ctx, { boost: 100 });
  expect(shirt.boost).toBe(100);
  const update = (boost?: number) =>
    products.update(ctx, updateProduct(ctx.tenant).parse({ id: shirt.id, boost, vendor: "Loom" }));
  await update();
  expect(await seen(ctx, shirt.id)).toMatchObject({ boost: 100, revision: 1 });
  await update(-100);
  expect(await seen(ctx, shirt.id)).toMatchObject({ boost: -100, revision: 2 });
  for (const boost of [101, -101, 0.5]) {
    for (const schema of [createProduct(ctx.tenant), updateProduct(ctx.tenant)]) {
      const { error } = schema.safeParse({ ...aShirt(), id: shirt.id, boost });
      expect(error?.issues.map(({ path }) => path)).toEqual([["boost"]]);
    }
  }
});

test("another tenant's products are unknown, and its sales are not seen", async () => {
  const [ctx, stranger] = [await anEditor(), await anEditor()];
  const { id } = await created(ctx);
  await sell(ctx, [id, 3]);
  await expect(sell(stranger, [id, -1])).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  const sold = "select units::integer from product_sales";
  expect(await inTransaction(stranger, (tx) => tx.sql(sold))).toEqual([]);
  expect(await inTransaction(ctx, (tx) => tx.sql(sold))).toEqual([{ units: 3 }]);
});
