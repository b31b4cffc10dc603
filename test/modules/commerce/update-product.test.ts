import { describe, expect, test } from "vitest";
import type { z } from "zod";
import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { products, updateProduct } from "#modules/commerce";
import { categories, tags } from "#modules/taxonomy";
import { eventsOf, installation } from "#test/installation";
import { aShirt, aVariant, aWarehouse, created, pair, rowsOf, seen } from "./a-shirt.ts";

const { anEditor } = await installation();

type GivenChange = z.input<ReturnType<typeof updateProduct>>;
const update = (ctx: RequestContext, change: GivenChange) =>
  products.update(ctx, updateProduct(ctx.tenant).parse(change));

const idsOf = (parts: { id: string }[]) => parts.map(({ id }) => id);

describe("updating a product", () => {
  test("changes what is given, leaves the rest, and says so once", async () => {
    const editor = await anEditor();
    const before = await created(editor);
    await update(editor, {
      id: before.id,
      handle: "linen-shirt",
      vendor: null,
      translations: [{ locale: "en", title: "Linen shirt", description: "<i>Soft</i><script>" }],
      images: [{ url: "/media/2.jpg" }],
    });
    const after = await seen(editor, before.id);
    expect(after).toEqual({
      ...before,
      revision: 2,
      handle: "linen-shirt",
      vendor: null,
      updatedAt: expect.any(Date),
      translations: [
        {
          locale: "en",
          title: "Linen shirt",
          description: "<i>Soft</i>",
          seoTitle: null,
          seoDescription: null,
        },
      ],
      images: [{ id: before.images[0]?.id, url: "/media/2.jpg", alt: null }],
      variants: before.variants.map((variant) => ({ ...variant, revision: 2 })),
    });
    expect(after.updatedAt.getTime()).toBeGreaterThan(before.updatedAt.getTime());
    expect((await eventsOf(editor)).slice(1)).toEqual([
      { type: "product.updated", payload: { productId: before.id, revision: 2 } },
    ]);
  });

  test("announces the prices and the stock that came out different, and no others", async () => {
    const editor = await anEditor();
    const locationId = await aWarehouse(editor);
    const before = await created(editor);
    const [small, medium] = before.variants;
    await update(editor, {
      id: before.id,
      variants: [
        aVariant("S", { prices: [{ currency: "EUR", amount: 1_499 }] }),
        aVariant("M", { inventory: [{ locationId, quantity: 4 }] }),
        aVariant("L"),
      ],
    });
    const productId = before.id;
    expect((await eventsOf(editor)).filter(({ type }) => !type.endsWith(".created"))).toEqual([
      { type: "product.updated", payload: { productId, revision: 2 } },
      { type: "price.updated", payload: { variantId: small?.id, productId, revision: 2 } },
      { type: "inventory.updated", payload: { variantId: medium?.id, productId, revision: 2 } },
    ]);
  });

  test("to what it is already changes nothing and says nothing", async () => {
    const editor = await anEditor();
    const locationId = await aWarehouse(editor);
    const { id: categoryId } = await categories.create(editor, {
      scope: "product",
      handle: "shirts",
      position: 0,
      translations: [{ locale: "en", name: "Shirts" }],
    });
    const tag = await tags.create(editor, { scope: "product", handle: "linen", name: "Linen" });
    const whole = aShirt({
      categoryIds: [categoryId],
      tagIds: [tag.id],
      variants: [aVariant("S", { inventory: [{ locationId, quantity: 7 }] }), aVariant("M")],
    });
    const { id } = await created(editor, whole);
    const before = await rowsOf(editor);

    const { status: _status, ...again } = whole;
    const product = await update(editor, { id, revision: 1, ...again });

    expect(product.revision).toBe(1);
    expect(await rowsOf(editor)).toEqual(before);
  });

  test("knows a variant by its id, its SKU or its combination, in this order", async () => {
    const editor = await anEditor();
    const before = await created(editor, {
      options: [{ name: "Size" }],
      variants: ["S", "M", "L"].map((value) => ({
        sku: value,
        options: [{ name: "Size", value }],
        prices: [{ currency: "EUR", amount: 100 }],
      })),
    });
    const [small, medium] = pair(before.variants);
    const large = before.variants.at(-1);
    await update(editor, {
      id: before.id,
      variants: [
        { options: [{ name: "Size", value: "XL" }] },
        { options: [{ name: "Size", value: "L" }], sku: null },
        { sku: "M", options: [{ name: "Size", value: "Medium" }] },
        { id: small.id, options: [{ name: "Size", value: "M" }] },
      ],
    });
    const { variants } = await seen(editor, before.id);
    const prices = [{ currency: "EUR", amount: 100, compareAtAmount: null }];
    expect(variants).toMatchObject([
      { sku: null, options: [{ value: "XL" }], prices: [] },
      { id: large?.id, sku: null, options: [{ value: "L" }], prices },
      { id: medium.id, sku: "M", options: [{ value: "Medium" }], prices },
      { id: small.id, sku: "S", options: [{ value: "M" }], prices },
    ]);
    expect(idsOf(before.variants)).not.toContain(variants[0]?.id);
  });

  test("removes the variants that are not given, with all they have", async () => {
    const editor = await anEditor();
    const locationId = await aWarehouse(editor);
    const { id, variants } = await created(editor, {
      variants: [aVariant("S"), aVariant("M", { inventory: [{ locationId, quantity: 7 }] })],
    });
    const [small] = pair(variants);
    await update(editor, { id, variants: [{ id: small.id }] });
    const rows = await rowsOf(editor);
    const ofTheFirst = { variant_id: small.id };
    expect(rows["product_variants"]).toMatchObject([{ id: small.id }]);
    expect(rows["prices"]).toMatchObject([ofTheFirst, ofTheFirst]);
    expect(rows["variant_options"]).toMatchObject([ofTheFirst, ofTheFirst]);
    expect(rows["variant_translations"]).toMatchObject([ofTheFirst]);
    expect(rows["inventory_levels"]).toBeUndefined();
  });

  test("puts the variants in the order given", async () => {
    const editor = await anEditor();
    const { id, variants } = await created(editor);
    const reversed = idsOf(variants).toReversed();
    await update(editor, { id, variants: reversed.map((variantId) => ({ id: variantId })) });
    expect(await seen(editor, id)).toMatchObject({
      revision: 2,
      variants: reversed.map((variantId) => ({ id: variantId })),
    });
  });

  test("lets two variants swap their SKUs, and two options their names", async () => {
    const editor = await anEditor();
    const { id, options, variants } = await created(editor);
    const [small, medium] = pair(variants);
    const [size, colour] = pair(options);
    await update(editor, {
      id,
      options: [
        { id: size.id, name: "Colour" },
        { id: colour.id, name: "Size" },
      ],
      variants: [
        { id: small.id, sku: "shirt-m" },
        { id: medium.id, sku: "shirt-s" },
      ],
    });
    const after = await seen(editor, id);
    expect(idsOf(after.options)).toEqual(idsOf(options));
    expect(after.variants).toMatchObject([
      {
        id: small.id,
        sku: "shirt-m",
        options: [{ name: "Colour", value: "S" }, { name: "Size" }],
      },
      {
        id: medium.id,
        sku: "shirt-s",
        options: [{ name: "Colour", value: "M" }, { name: "Size" }],
      },
    ]);
  });

  test("renames an option without a word about the variants", async () => {
    const editor = await anEditor();
    const { id, options } = await created(editor);
    const [size] = pair(options);
    await update(editor, {
      id,
      options: [{ id: size.id, name: "Fit" }, { name: "Colour" }],
    });
    const after = await seen(editor, id);
    expect(idsOf(after.options)).toEqual(idsOf(options));
    expect(after.variants.map((variant) => variant.options[0])).toEqual([
      { name: "Fit", value: "S" },
      { name: "Fit", value: "M" },
    ]);
  });

  test("takes an option and the values of it away", async () => {
    const editor = await anEditor();
    const { id } = await created(editor);
    await update(editor, { id, options: [{ name: "Size" }] });
    const rows = await rowsOf(editor);
    expect(rows["product_options"]).toMatchObject([{ name: "Size" }]);
    expect(rows["variant_options"]).toMatchObject([{ value: "M" }, { value: "S" }]);
  });

  test("assigns other categories and tags", async () => {
    const editor = await anEditor();
    const tag = (handle: string) => tags.create(editor, { scope: "product", handle, name: handle });
    const [old, kept, young] = await Promise.all([tag("old"), tag("kept"), tag("new")]);
    const { id } = await created(editor, { tagIds: idsOf([old, kept]) });
    await update(editor, { id, tagIds: idsOf([kept, young]) });
    expect((await seen(editor, id)).tagIds).toEqual(idsOf([kept, young]).toSorted());
    await update(editor, { id, tagIds: [] });
    expect(await seen(editor, id)).toMatchObject({ tagIds: [], revision: 3 });
  });
});

describe("an update that is refused changes nothing and says nothing", () => {
  async function refused(change: (shirt: Awaited<ReturnType<typeof created>>) => object) {
    const editor = await anEditor();
    const shirt = await created(editor);
    await created(editor, { handle: "blouse", variants: [aVariant("S", { sku: "blouse-s" })] });
    const before = await rowsOf(editor);
    const error = await update(editor, { id: shirt.id, ...change(shirt) }).catch((e: unknown) => e);
    expect(await rowsOf(editor)).toEqual(before);
    return error;
  }

  test("for a stale revision", async () => {
    expect(await refused(() => ({ revision: 7, vendor: "Other" }))).toMatchObject({
      code: "CONFLICT",
      details: { expected: 7, actual: 1 },
    });
  });

  test("for a handle of another product", async () => {
    expect(await refused(() => ({ handle: "blouse", vendor: "Other" }))).toMatchObject({
      code: "CONFLICT",
      details: { field: "handle" },
    });
  });

  test("for a SKU of another product's variant", async () => {
    expect(
      await refused(({ variants }) => ({
        variants: [{ id: pair(variants)[0].id, sku: "blouse-s" }],
      })),
    ).toMatchObject({ code: "CONFLICT", details: { field: "sku" } });
  });

  test("for ids the product does not have, or that are given twice", async () => {
    const stranger = newId();
    expect(
      await refused(({ options, variants }) => ({
        options: [
          { id: pair(options)[0].id, name: "Fit" },
          { id: stranger, name: "Colour" },
        ],
        variants: [
          {
            id: stranger,
            options: [
              { name: "Fit", value: "S" },
              { name: "Colour", value: "Red" },
            ],
          },
          {
            id: pair(variants)[0].id,
            options: [
              { name: "Fit", value: "M" },
              { name: "Colour", value: "Red" },
            ],
          },
          {
            id: pair(variants)[0].id,
            options: [
              { name: "Fit", value: "L" },
              { name: "Colour", value: "Red" },
            ],
          },
        ],
      })),
    ).toMatchObject({
      code: "BAD_USER_INPUT",
      details: {
        issues: [
          { path: ["options", 1, "id"] },
          { path: ["variants", 0, "id"] },
          { path: ["variants", 2, "id"] },
        ],
      },
    });
  });

  test("for a new option that its variants have no value for", async () => {
    const message = 'has no value for the option "Fit"';
    expect(
      await refused(() => ({ options: [{ name: "Size" }, { name: "Colour" }, { name: "Fit" }] })),
    ).toMatchObject({
      code: "BAD_USER_INPUT",
      details: {
        issues: [
          { path: ["variants", 0, "options"], message },
          { path: ["variants", 1, "options"], message },
        ],
      },
    });
  });

  test("for an option whose loss would make two variants the same", async () => {
    expect(await refused(() => ({ options: [{ name: "Colour" }] }))).toMatchObject({
      code: "BAD_USER_INPUT",
      details: {
        issues: [
          {
            path: ["variants", 1, "options"],
            message: "repeats the combination of another variant",
          },
        ],
      },
    });
  });

  test("for a product that is not there", async () => {
    expect(await refused(() => ({ id: newId() }))).toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("updates at the same time", () => {
  test("that read the same revision: one is done, the other a conflict", async () => {
    const editor = await anEditor();
    const { id } = await created(editor);
    const outcomes = await Promise.allSettled(
      ["One", "Two"].map((vendor) => update(editor, { id, revision: 1, vendor })),
    );
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "CONFLICT" },
    });
    expect(await seen(editor, id)).toMatchObject({ revision: 2 });
  });

  test("that do not say what they read take turns, and both count", async () => {
    const editor = await anEditor();
    const { id, variants } = await created(editor);
    const [{ id: variantId }] = pair(variants);
    await Promise.all([
      update(editor, { id, vendor: "Other" }),
      update(editor, { id, variants: [{ id: variantId, prices: [] }] }),
      update(editor, { id, images: [] }),
    ]);
    expect(await seen(editor, id)).toMatchObject({
      revision: 4,
      vendor: "Other",
      images: [],
      variants: [{ id: variantId, prices: [] }],
    });
  });
});
