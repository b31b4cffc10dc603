import pg from "pg";
import { describe, expect, test, vi } from "vitest";
import { inTransaction } from "#kernel/database/transaction";
import { newId } from "#kernel/ids";
import { createProduct, products } from "#modules/commerce";
import { categories, tags } from "#modules/taxonomy";
import { eventsOf, installation } from "#test/installation";
import { aShirt, aVariant, aWarehouse, created, rowsOf, type GivenProduct } from "./a-shirt.ts";

const { anEditor } = await installation();

const category = (scope: "product" | "content") => ({
  scope,
  handle: "shirts",
  position: 0,
  translations: [{ locale: "en", name: "Shirts" }],
});

describe("creating a product", () => {
  test("writes all of it at once, and says so once", async () => {
    const editor = await anEditor();
    const locationId = await aWarehouse(editor);
    const { id: categoryId } = await categories.create(editor, category("product"));
    const tag = await tags.create(editor, { scope: "product", handle: "linen", name: "Linen" });

    const product = await created(editor, {
      categoryIds: [categoryId],
      tagIds: [tag.id],
      variants: [aVariant("S", { inventory: [{ locationId, quantity: 7 }] }), aVariant("M")],
    });

    const choices = (size: string) => [
      { name: "Size", value: size },
      { name: "Colour", value: "White" },
    ];
    const variant = {
      id: expect.any(String),
      productId: product.id,
      revision: 1,
      barcode: "4006381333931",
      weightGrams: 250,
      cost: null,
      prices: [
        { currency: "EUR", amount: 1_999, compareAtAmount: null },
        { currency: "USD", amount: 2_199, compareAtAmount: 2_999 },
      ],
    };
    expect(product).toEqual({
      id: expect.any(String),
      revision: 1,
      handle: "shirt",
      status: "draft",
      boost: 0,
      vendor: "Loom",
      productType: "Shirts",
      publishedAt: null,
      publishAt: null,
      unpublishAt: null,
      createdAt: expect.any(Date),
      updatedAt: product.createdAt,
      categoryIds: [categoryId],
      tagIds: [tag.id],
      translations: [
        {
          locale: "de",
          title: "Hemd",
          description: "",
          seoTitle: "Ein Hemd",
          seoDescription: null,
        },
        {
          locale: "en",
          title: "Shirt",
          description: "<p>Of linen.</p>",
          seoTitle: null,
          seoDescription: null,
        },
      ],
      options: [
        { id: expect.any(String), name: "Size" },
        { id: expect.any(String), name: "Colour" },
      ],
      images: [
        { id: expect.any(String), url: "https://example.com/1.jpg", alt: "The front" },
        { id: expect.any(String), url: "/media/2.jpg", alt: null },
      ],
      variants: [
        {
          ...variant,
          sku: "shirt-s",
          options: choices("S"),
          translations: [{ locale: "en", title: "Shirt, S" }],
          inventory: [{ locationId, quantity: 7 }],
        },
        {
          ...variant,
          sku: "shirt-m",
          options: choices("M"),
          translations: [{ locale: "en", title: "Shirt, M" }],
          inventory: [],
        },
      ],
    });
    expect((await eventsOf(editor)).filter(({ type }) => type.startsWith("product."))).toEqual([
      { type: "product.created", payload: { productId: product.id, revision: 1 } },
    ]);
  });

  test("keeps what is harmless of its description", async () => {
    const product = await created(await anEditor(), {
      translations: [
        {
          locale: "en",
          title: "Shirt",
          description: "<p onclick=x()>Of <b>linen</b>.</p><script>x()</script>",
        },
      ],
    });
    expect(product.translations[0]?.description).toBe("<p>Of <b>linen</b>.</p>");
  });

  test("may publish it in the same breath", async () => {
    const editor = await anEditor();
    const product = await created(editor, { status: "published" });
    expect(product).toMatchObject({
      status: "published",
      revision: 1,
      publishedAt: product.createdAt,
    });
    const payload = { productId: product.id, revision: 1 };
    expect(await eventsOf(editor)).toEqual([
      { type: "product.created", payload },
      { type: "product.published", payload },
    ]);
  });

  test("takes a date of publication from before there was a shop", async () => {
    const publishedAt = new Date("2019-05-01T08:00:00Z");
    expect(await created(await anEditor(), { status: "published", publishedAt })).toMatchObject({
      publishedAt,
    });
  });

  test("needs no more than a handle and a title", async () => {
    const editor = await anEditor();
    const input = { handle: "idea", translations: [{ locale: "en", title: "An idea" }] };
    const { id } = await products.create(editor, createProduct(editor.tenant).parse(input));
    expect(Object.keys(await rowsOf(editor))).toEqual([
      "products",
      "product_translations",
      "sys_events",
    ]);
    expect(await eventsOf(editor)).toEqual([
      { type: "product.created", payload: { productId: id, revision: 1 } },
    ]);
  });
});

describe("a product that cannot be created leaves no row and no event", () => {
  const unknown = newId();
  const conflicting: [string, Partial<GivenProduct>, string][] = [
    ["its handle", { variants: [], options: [] }, "handle"],
    ["a SKU of its", { handle: "blouse" }, "sku"],
    ["one SKU for two variants of its", twiceTheSameSku(), "sku"],
  ];
  test.each(conflicting)("when %s is taken", async (_what, overrides, field) => {
    const editor = await anEditor();
    await created(editor);
    const before = await rowsOf(editor);
    await expect(created(editor, overrides)).rejects.toMatchObject({
      code: "CONFLICT",
      details: { field },
    });
    expect(await rowsOf(editor)).toEqual(before);
  });

  const dangling: [string, Partial<GivenProduct>, string][] = [
    ["category", { categoryIds: [unknown] }, "categoryId"],
    ["tag", { tagIds: [unknown] }, "tagId"],
    ["stock location", stockedAt(unknown), "locationId"],
  ];
  test.each(dangling)("when there is no such %s", async (_what, overrides, field) => {
    const editor = await anEditor();
    await expect(created(editor, overrides)).rejects.toMatchObject({
      code: "BAD_USER_INPUT",
      details: { issues: [{ path: [field], message: "refers to something that does not exist" }] },
    });
    expect(await rowsOf(editor)).toEqual({});
  });

  test("when a category or tag of it is the site's, not the shop's", async () => {
    const editor = await anEditor();
    const { id } = await categories.create(editor, category("content"));
    const tag = await tags.create(editor, { scope: "content", handle: "linen", name: "Linen" });
    const before = await rowsOf(editor);
    for (const overrides of [{ categoryIds: [id] }, { tagIds: [tag.id] }]) {
      await expect(created(editor, overrides)).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
    }
    expect(await rowsOf(editor)).toEqual(before);
  });

  test("when a caller hands over variants that nobody has judged", async () => {
    const editor = await anEditor();
    const input = createProduct(editor.tenant).parse(aShirt());
    const [first] = input.variants;
    await expect(
      products.create(editor, { ...input, variants: [{ ...first, options: [] }] }),
    ).rejects.toMatchObject({
      code: "BAD_USER_INPUT",
      details: {
        issues: [
          { path: ["variants", 0, "options"], message: 'has no value for the option "Size"' },
          { path: ["variants", 0, "options"], message: 'has no value for the option "Colour"' },
        ],
      },
    });
    expect(await rowsOf(editor)).toEqual({});
  });
});

describe("creating many products", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      aShirt({ handle: `shirt-${index}`, variants: [aVariant("S", { sku: `s-${index}` })] }),
    );

  test("takes as many statements as creating one", async () => {
    const statements: number[] = [];
    for (const count of [1, 40]) {
      const editor = await anEditor();
      const inputs = many(count).map((input) => createProduct(editor.tenant).parse(input));
      const query = vi.spyOn(pg.Client.prototype, "query");
      const ids = await products.createAll(editor, inputs);
      statements.push(query.mock.calls.length);
      query.mockRestore();
      expect(new Set(ids).size).toBe(count);
      expect(await eventsOf(editor)).toEqual(
        ids.map((productId) => ({ type: "product.created", payload: { productId, revision: 1 } })),
      );
    }
    expect(statements[1]).toBe(statements[0]);
  });

  test("joins the caller's transaction and sees what that holds back", async () => {
    const editor = await anEditor();
    const input = createProduct(editor.tenant).parse(aShirt());
    const id = await inTransaction(editor, async (tx) => {
      const { id: categoryId } = await categories.create(tx, category("product"));
      const tag = await tags.create(tx, { scope: "product", handle: "linen", name: "Linen" });
      const [productId] = await products.createAll(tx, [
        { ...input, categoryIds: [categoryId], tagIds: [tag.id] },
      ]);
      return productId;
    });
    expect(await rowsOf(editor)).toMatchObject({
      products: [{ id }],
      product_categories: [{ product_id: id }],
      product_tags: [{ product_id: id }],
    });
  });

  test("creates none when one of them cannot be", async () => {
    const editor = await anEditor();
    const inputs = [...many(3), aShirt({ handle: "shirt-1", variants: [], options: [] })];
    const judged = inputs.map((input) => createProduct(editor.tenant).parse(input));
    await expect(products.createAll(editor, judged)).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await rowsOf(editor)).toEqual({});
  });
});

function twiceTheSameSku(): Partial<GivenProduct> {
  const variants = [aVariant("S", { sku: "same" }), aVariant("M", { sku: "same" })];
  return { handle: "blouse", variants };
}

function stockedAt(locationId: string): Partial<GivenProduct> {
  return { variants: [aVariant("S", { inventory: [{ locationId, quantity: 1 }] })] };
}
