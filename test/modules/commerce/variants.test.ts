import { describe, expect, test } from "vitest";
import type { z } from "zod";
import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { createVariant, updateVariant, variants } from "#modules/commerce";
import { eventsOf, installation } from "#test/installation";
import { aVariant, aWarehouse, created, pair, rowsOf, seen } from "./a-shirt.ts";

const { anEditor } = await installation();

const create = (ctx: RequestContext, given: z.input<ReturnType<typeof createVariant>>) =>
  variants.create(ctx, createVariant(ctx.tenant).parse(given));
const update = (ctx: RequestContext, given: z.input<ReturnType<typeof updateVariant>>) =>
  variants.update(ctx, updateVariant(ctx.tenant).parse(given));

describe("a variant", () => {
  test("is added after the others, with all it has", async () => {
    const editor = await anEditor();
    const locationId = await aWarehouse(editor);
    const before = await created(editor);
    const inventory = [{ locationId, quantity: 3 }];
    const { id } = await create(editor, {
      ...aVariant("L", { inventory }),
      productId: before.id,
      revision: 1,
    });
    const [small] = pair(before.variants);
    const after = await seen(editor, before.id);
    expect(after.revision).toBe(2);
    expect(after.variants.map((variant) => variant.sku)).toEqual(["shirt-s", "shirt-m", "shirt-l"]);
    expect(after.variants[2]).toEqual({
      ...small,
      id,
      revision: 2,
      sku: "shirt-l",
      options: [
        { name: "Size", value: "L" },
        { name: "Colour", value: "White" },
      ],
      translations: [{ locale: "en", title: "Shirt, L" }],
      inventory,
    });
    expect((await eventsOf(editor)).slice(1)).toEqual([
      { type: "variant.created", payload: { variantId: id, productId: before.id, revision: 2 } },
    ]);
  });

  test("is changed where something is given and else stays", async () => {
    const editor = await anEditor();
    const { id: productId, ...before } = await created(editor);
    const [small, medium] = pair(before.variants);
    const options = [
      { name: "Colour", value: "Blue" },
      { name: "Size", value: "M" },
    ];
    await update(editor, { id: small.id, barcode: null, options });
    expect((await seen(editor, productId)).variants).toEqual([
      { ...small, revision: 2, barcode: null, options: options.toReversed() },
      { ...medium, revision: 2 },
    ]);
    expect((await eventsOf(editor)).slice(1)).toEqual([
      { type: "variant.updated", payload: { variantId: small.id, productId, revision: 2 } },
    ]);
  });

  test("changed to what it is already says nothing", async () => {
    const editor = await anEditor();
    const { variants: both } = await created(editor);
    const before = await rowsOf(editor);
    const [{ id }] = pair(both);
    expect((await update(editor, { ...aVariant("S"), id, revision: 1 })).product.revision).toBe(1);
    expect(await rowsOf(editor)).toEqual(before);
  });

  test("is deleted with its prices and stock; the other stays", async () => {
    const editor = await anEditor();
    const locationId = await aWarehouse(editor);
    const { id: productId, ...before } = await created(editor, {
      variants: [aVariant("S", { inventory: [{ locationId, quantity: 3 }] }), aVariant("M")],
    });
    const [small, medium] = pair(before.variants);
    await variants.remove(editor, { id: small.id, revision: 1 });
    expect((await seen(editor, productId)).variants).toEqual([{ ...medium, revision: 2 }]);
    const rows = await rowsOf(editor);
    expect(rows["inventory_levels"]).toBeUndefined();
    expect(rows["prices"]).toHaveLength(2);
    expect((await eventsOf(editor)).slice(1)).toEqual([
      { type: "variant.deleted", payload: { variantId: small.id, productId, revision: 2 } },
    ]);
  });

  test("may take over the SKU of one that is gone", async () => {
    const editor = await anEditor();
    const { variants: both } = await created(editor);
    const [small, medium] = pair(both);
    await variants.remove(editor, { id: small.id });
    expect(await update(editor, { id: medium.id, sku: "shirt-s" })).toMatchObject({
      sku: "shirt-s",
    });
  });
});

describe("a change of a variant that is refused writes nothing and says nothing", () => {
  async function refused(
    change: (ctx: RequestContext, shirt: Awaited<ReturnType<typeof created>>) => Promise<unknown>,
  ) {
    const editor = await anEditor();
    const shirt = await created(editor);
    const before = await rowsOf(editor);
    const error = await change(editor, shirt).catch((reason: unknown) => reason);
    expect(await rowsOf(editor)).toEqual(before);
    return error;
  }

  test("when its combination is another's", async () => {
    const misfit = {
      code: "BAD_USER_INPUT",
      details: {
        issues: [{ path: ["options"], message: "repeats the combination of another variant" }],
      },
    };
    const options = aVariant("M").options;
    expect(
      await refused((ctx, { id: productId }) => create(ctx, { productId, options })),
    ).toMatchObject(misfit);
    expect(
      await refused((ctx, shirt) => update(ctx, { id: pair(shirt.variants)[0].id, options })),
    ).toMatchObject(misfit);
  });

  test("when its combination is not one of the product's options", async () => {
    const options = [
      { name: "Size", value: "L" },
      { name: "Fit", value: "Slim" },
    ];
    expect(
      await refused((ctx, { id: productId }) => create(ctx, { productId, options })),
    ).toMatchObject({
      code: "BAD_USER_INPUT",
      details: {
        issues: [
          { path: ["options"], message: 'has no value for the option "Colour"' },
          { path: ["options"], message: 'names "Fit", which is no option of the product' },
        ],
      },
    });
  });

  test("when its SKU is taken", async () => {
    const taken = { code: "CONFLICT", details: { field: "sku" } };
    expect(
      await refused((ctx, { id: productId }) =>
        create(ctx, { ...aVariant("L", { sku: "shirt-s" }), productId }),
      ),
    ).toMatchObject(taken);
    expect(
      await refused((ctx, shirt) =>
        update(ctx, { id: pair(shirt.variants)[0].id, sku: "shirt-m" }),
      ),
    ).toMatchObject(taken);
  });

  test("when the product has as many variants as it may", async () => {
    const editor = await anEditor();
    const { id: productId } = await created(editor, {
      options: [{ name: "Size" }],
      variants: Array.from({ length: 250 }, (_, size) => ({
        options: [{ name: "Size", value: String(size) }],
      })),
    });
    const options = [{ name: "Size", value: "250" }];
    await expect(create(editor, { productId, options })).rejects.toMatchObject({
      code: "BAD_USER_INPUT",
      message: "input: a product has at most 250 variants",
    });
    expect((await seen(editor, productId)).variants).toHaveLength(250);
  });

  test("when the product has changed meanwhile", async () => {
    const stale = { code: "CONFLICT", details: { expected: 2, actual: 1 } };
    const revision = 2;
    expect(
      await refused((ctx, { id: productId }) =>
        create(ctx, { ...aVariant("L"), productId, revision }),
      ),
    ).toMatchObject(stale);
    for (const change of [variants.update, variants.remove]) {
      expect(
        await refused((ctx, shirt) => change(ctx, { id: pair(shirt.variants)[0].id, revision })),
      ).toMatchObject(stale);
    }
  });

  test("when there is no such variant or product", async () => {
    const id = newId();
    expect(await refused((ctx) => create(ctx, { productId: id }))).toMatchObject({
      code: "NOT_FOUND",
    });
    for (const change of [variants.update, variants.remove]) {
      expect(await refused((ctx) => change(ctx, { id }))).toMatchObject({ code: "NOT_FOUND" });
    }
  });
});

test("two variants added at the same time both find their place", async () => {
  const editor = await anEditor();
  const { id: productId } = await created(editor);
  await Promise.all(["L", "XL"].map((size) => create(editor, { ...aVariant(size), productId })));
  const { revision, variants: all } = await seen(editor, productId);
  expect(revision).toBe(3);
  expect(new Set(all.map(({ sku }) => sku))).toEqual(
    new Set(["shirt-s", "shirt-m", "shirt-l", "shirt-xl"]),
  );
  const rows = await rowsOf(editor);
  const positions = rows["product_variants"]?.map((row) => (row as { position: number }).position);
  expect(new Set(positions)).toEqual(new Set([0, 1, 2, 3]));
});
