import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { refreshProducts } from "#modules/index";
import { installation } from "#test/installation";
import { aCategory, aProduct, aTag, run, time, write } from "./source.ts";

let editor: RequestContext;
beforeAll(async () => {
  const { aTenant, anEditor } = await installation();
  editor = await anEditor(await aTenant({ locales: ["en", "de", "fr"] }));
});

async function rowsOf(productId: string): Promise<Record<string, unknown>[]> {
  const { owner } = await installation();
  const { rows } = await owner.query<Record<string, unknown>>(
    `select locale, visible, shown_locale, handle, title, vendor, product_type, category_handles, tag_handles,
       option_values, shows, in_stock, prices, published_at, revision::integer, doc
     from index_products where product_id = $1 order by locale`,
    [productId],
  );
  return rows;
}

/** A shirt in two sizes, written in English and German. */
async function aShirt(ctx: RequestContext) {
  const [id, small, large, size, store] = [newId(), newId(), newId(), newId(), newId()];
  const clothes = await aCategory(ctx, "clothes");
  const shirts = await aCategory(ctx, "shirts", { parent: clothes });
  const summer = await aTag(ctx, "summer");
  await write(ctx, {
    products: [
      {
        id,
        handle: "linen-shirt",
        status: "published",
        vendor: "Flachs & Co",
        product_type: "Shirt",
        revision: 7,
        published_at: time,
        created_at: time,
        updated_at: time,
      },
    ],
    product_translations: [
      {
        product_id: id,
        locale: "en",
        title: "Linen shirt",
        description: "<p>Cool.</p>",
        seo_title: "Shirt",
      },
      {
        product_id: id,
        locale: "de",
        title: "Leinenhemd",
        description: "<p>Kühl.</p>",
        seo_title: null,
      },
    ],
    category_translations: [{ category_id: shirts, locale: "de", name: "Hemden" }],
    product_options: [{ id: size, product_id: id, name: "Size", position: 0 }],
    product_variants: [
      { id: large, product_id: id, sku: "LIN-L", weight_grams: 250, position: 1 },
      { id: small, product_id: id, sku: "LIN-S", weight_grams: null, position: 0 },
    ],
    variant_translations: [{ variant_id: large, locale: "de", title: "Groß" }],
    variant_options: [
      { variant_id: small, option_id: size, value: "S" },
      { variant_id: large, option_id: size, value: "L" },
    ],
    prices: [
      { variant_id: small, currency: "EUR", amount: 1999, compare_at_amount: null },
      { variant_id: large, currency: "EUR", amount: 2999, compare_at_amount: 3999 },
      { variant_id: large, currency: "USD", amount: 3500, compare_at_amount: null },
    ],
    stock_locations: [
      { id: store, handle: "store", name: "Store" },
      { id, handle: "depot", name: "Depot" },
    ],
    inventory_levels: [
      { variant_id: small, location_id: store, quantity: -2 },
      { variant_id: large, location_id: store, quantity: 3 },
      { variant_id: large, location_id: id, quantity: 4 },
    ],
    product_images: [
      { id: newId(), product_id: id, url: "https://cdn.example/back.jpg", alt: null, position: 1 },
      {
        id: newId(),
        product_id: id,
        url: "https://cdn.example/front.jpg",
        alt: "Front",
        position: 0,
      },
    ],
    product_categories: [{ product_id: id, category_id: shirts }],
    product_tags: [{ product_id: id, tag_id: summer }],
  });
  return { id, small, large, clothes, shirts, summer };
}

test("a document answers a detail page whole, in each locale of the tenant", async () => {
  const { id, small, large, clothes, shirts, summer } = await aShirt(editor);
  await refreshProducts(editor, [id]);

  const variants = (title: string | null) => [
    {
      id: small,
      sku: "LIN-S",
      barcode: null,
      title: null,
      weightGrams: null,
      options: [{ name: "Size", value: "S" }],
      prices: [{ currency: "EUR", amount: 1999, compareAtAmount: null }],
      quantity: 0,
      inStock: false,
    },
    {
      id: large,
      sku: "LIN-L",
      barcode: null,
      title,
      weightGrams: 250,
      options: [{ name: "Size", value: "L" }],
      prices: [
        { currency: "EUR", amount: 2999, compareAtAmount: 3999 },
        { currency: "USD", amount: 3500, compareAtAmount: null },
      ],
      quantity: 7,
      inStock: true,
    },
  ];
  const shirtsIn = (name: string) => ({
    handle: "shirts",
    name,
    breadcrumb: [
      { handle: "clothes", name: "Name of clothes" },
      { handle: "shirts", name },
    ],
  });
  const english = {
    id,
    revision: 7,
    locale: "en",
    handle: "linen-shirt",
    title: "Linen shirt",
    description: "<p>Cool.</p>",
    vendor: "Flachs & Co",
    productType: "Shirt",
    publishedAt: time,
    createdAt: time,
    updatedAt: time,
    seo: { title: "Shirt", description: null },
    options: [{ name: "Size", values: ["S", "L"] }],
    // The only title there is, for want of an English one.
    variants: variants("Groß"),
    priceRanges: [
      { currency: "EUR", min: 1999, max: 2999 },
      { currency: "USD", min: 3500, max: 3500 },
    ],
    images: [
      { url: "https://cdn.example/front.jpg", alt: "Front" },
      { url: "https://cdn.example/back.jpg", alt: null },
    ],
    categories: [shirtsIn("Name of shirts")],
    tags: [{ handle: "summer", name: "Name of summer" }],
  };
  const columns = {
    visible: true,
    handle: "linen-shirt",
    vendor: "Flachs & Co",
    product_type: "Shirt",
    category_handles: ["clothes", "shirts"],
    tag_handles: ["summer"],
    option_values: ["Size=S", "Size=L"],
    shows: [clothes, shirts, summer],
    in_stock: true,
    prices: { EUR: { min: 1999, max: 2999 }, USD: { min: 3500, max: 3500 } },
    published_at: new Date(time),
    revision: 7,
  };
  expect(await rowsOf(id)).toEqual([
    {
      ...columns,
      locale: "de",
      shown_locale: "de",
      title: "Leinenhemd",
      doc: {
        ...english,
        locale: "de",
        title: "Leinenhemd",
        description: "<p>Kühl.</p>",
        seo: { title: null, description: null },
        categories: [shirtsIn("Hemden")],
      },
    },
    { ...columns, locale: "en", shown_locale: "en", title: "Linen shirt", doc: english },
    // Nothing is in French: the tenant's default stands in.
    { ...columns, locale: "fr", shown_locale: "en", title: "Linen shirt", doc: english },
  ]);
});

test("a product without translation, price, stock or anything else filed is a document of empty lists, or none", async () => {
  const id = await aProduct(editor, { handle: "plain", title: "Plain" });
  await refreshProducts(editor, [id]);
  expect(await rowsOf(id)).toMatchObject(
    ["de", "en", "fr"].map((locale) => ({
      locale,
      visible: true,
      shown_locale: "en",
      category_handles: [],
      tag_handles: [],
      option_values: [],
      shows: [],
      in_stock: false,
      prices: {},
      doc: {
        options: [],
        variants: [{ options: [], prices: [], quantity: 0, inStock: false }],
        priceRanges: [],
        images: [],
        categories: [],
        tags: [],
      },
    })),
  );

  await run(editor, "delete from product_translations where product_id = $1", id);
  await refreshProducts(editor, [id]);
  expect((await rowsOf(id)).map(({ visible, doc }) => ({ visible, doc }))).toEqual(
    Array(3).fill({ visible: false, doc: null }),
  );
});

test("drafts keep a row that tells nothing but their revision", async () => {
  const id = await aProduct(editor);
  await refreshProducts(editor, [id]);
  await run(editor, "update products set status = 'draft', revision = 2 where id = $1", id);
  await refreshProducts(editor, [id]);
  expect(await rowsOf(id)).toEqual(
    ["de", "en", "fr"].map((locale) => ({
      locale,
      visible: false,
      revision: 2,
      shown_locale: null,
      handle: null,
      title: null,
      vendor: null,
      product_type: null,
      category_handles: null,
      tag_handles: null,
      option_values: null,
      shows: null,
      in_stock: null,
      prices: null,
      published_at: null,
      doc: null,
    })),
  );
});

test("words and their weights: title, then what it is filed under, then the description", async () => {
  const { owner, anEditor } = await installation();
  const shop = await anEditor();
  const { id } = await aShirt(shop);
  await refreshProducts(shop, [id]);
  const found = async (query: string) => {
    const { rows } = await owner.query<{ locale: string }>(
      "select locale from index_products where product_id = $1 and search @@ $2::tsquery order by locale",
      [id, query],
    );
    return rows.map(({ locale }) => locale);
  };
  expect(await found("linen:A")).toEqual(["en"]);
  expect(await found("leinenhemd:A")).toEqual(["de"]);
  for (const word of ["flachs:B", "lin:B", "l:B", "clothes:B", "summer:B"]) {
    expect(await found(word), word).toEqual(["de", "en"]);
  }
  expect(await found("hemden:B")).toEqual(["de"]);
  expect(await found("kuhl:D")).toEqual(["de"]);
  expect(await found("p")).toEqual([]);
});

test("a tenant projects its own products only, whatever ids it names", async () => {
  const { anEditor, owner } = await installation();
  const stranger = await anEditor();
  const id = await aProduct(editor);
  await refreshProducts(stranger, [id]);
  expect(await rowsOf(id)).toEqual([]);
  const { rowCount } = await owner.query("select from index_products where tenant_id = $1", [
    stranger.tenant.id,
  ]);
  expect(rowCount).toBe(0);
});

test("an option that no variant has a value for yet is shown without values", async () => {
  const id = await aProduct(editor);
  await write(editor, {
    product_options: [{ id: newId(), product_id: id, name: "Size", position: 0 }],
  });
  await refreshProducts(editor, [id]);
  const [row] = await rowsOf(id);
  expect(row).toMatchObject({
    option_values: [],
    doc: { options: [{ name: "Size", values: [] }] },
  });
});
