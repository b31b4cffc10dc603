import { describe, expect, test } from "vitest";
import type { ContentDocument, ProductDocument } from "#modules/index";
import {
  contentCard,
  type ContentRow,
  productCard,
  type ProductRow,
} from "../../../../src/modules/search/meilisearch/cards.ts";

const tenant_id = "019a0000-0000-7000-8000-00000000000a";
const id = "01a20647-a1a4-223e-70d5-dfa03f7fb783";
const home = { handle: "home", name: "Home" };

const product: ProductDocument = {
  id,
  revision: 7,
  locale: "en",
  handle: "lamp",
  title: "Ärmel Lamp",
  description: "<p>Of <b>brass</b> &amp; glass</p>",
  vendor: "Loom",
  productType: null,
  publishedAt: "2026-03-04T05:06:07.089Z",
  createdAt: "2026-03-04T05:06:07.089Z",
  updatedAt: "2026-03-04T05:06:07.089Z",
  seo: { title: "Secret", description: null },
  options: [{ name: "Size", values: ["M", "L"] }],
  variants: [
    {
      id,
      sku: "LAMP-1",
      barcode: "4006381333931",
      title: null,
      weightGrams: 3,
      options: [],
      prices: [],
      quantity: 12,
      inStock: true,
    },
  ],
  priceRanges: [],
  images: [
    { url: "https://images.example/1.jpg", alt: "One" },
    { url: "https://images.example/2.jpg", alt: null },
  ],
  categories: [
    { handle: "lamps", name: "Lamps", breadcrumb: [home, { handle: "lamps", name: "Lamps" }] },
  ],
  tags: [{ handle: "light", name: "#light" }],
};

const row: ProductRow = {
  tenant_id,
  product_id: id,
  generation: 3,
  revision: "7",
  indexed_at: new Date("2026-03-05T00:00:00.123Z"),
  doc: product,
  category_handles: ["home", "lamps"],
  tag_handles: ["light"],
  option_values: ["Size=M", "Size=L"],
  in_stock: true,
  prices: { EUR: { min: 1_000, max: 2_000 } },
};

describe("the card of a product", () => {
  test("holds what a hit shows, is found, filtered and ordered by, and nothing else", () => {
    expect(productCard(row)).toEqual({
      id: `${id}_3`,
      scope: `${tenant_id}:3`,
      handle: "lamp",
      title: "Ärmel Lamp",
      locale: "en",
      text: "Of brass & glass",
      words: {
        title: "\ue000 Ärmel Lamp",
        keywords: "\ue000 Loom LAMP-1 M L Home Lamps #light",
        text: "\ue000 Of brass & glass",
      },
      vendor: "Loom",
      productType: null,
      image: { url: "https://images.example/1.jpg", alt: "One" },
      prices: { EUR: { min: 1_000, max: 2_000 } },
      inStock: true,
      options: ["Size=M", "Size=L"],
      categories: ["home", "lamps"],
      tags: ["light"],
      publishedAt: Date.UTC(2026, 2, 4, 5, 6, 7, 89),
      day: 20_516,
      createdAt: Number.parseInt("01a20647a1a4", 16),
      titleKey: "armel lamp",
      titleLength: 10,
      boost: 0,
      popularity: 0,
      sourceRevision: 7,
      indexedAt: "2026-03-05T00:00:00.123Z",
    });
    expect(productCard({ ...row, boost: -5, popularity: 9 })).toMatchObject({
      boost: -5,
      popularity: 9,
    });
  });

  test.each<[string, Partial<ProductRow>, Partial<ProductDocument>, string]>([
    [
      "a vendor of more than 468 bytes",
      {},
      { vendor: "ä".repeat(235) },
      `the vendor "${"ä".repeat(40)}…" has 470 bytes, and what is filtered by may have 468`,
    ],
    [
      "a product type of more",
      {},
      { productType: "x".repeat(469) },
      `the product type "${"x".repeat(40)}…" has 469 bytes, and what is filtered by may have 468`,
    ],
    [
      "an option of more",
      { option_values: ["Size=M", `Size=${"日".repeat(155)}`] },
      {},
      `the option "Size=${"日".repeat(35)}…" has 470 bytes, and what is filtered by may have 468`,
    ],
    [
      "a price that is no exact number",
      { prices: { EUR: { min: 1, max: 2 ** 53 } } },
      {},
      "the highest price in EUR 9007199254740992 is no integer up to 9007199254740991",
    ],
    [
      "a revision that is none",
      { revision: String(2n ** 60n) },
      {},
      "the revision 1152921504606847000 is no integer up to 9007199254740991",
    ],
  ])("is rejected for %s", (_, columns, fields, rejection) => {
    expect(productCard({ ...row, ...columns, doc: { ...product, ...fields } })).toEqual({
      rejection,
    });
  });

  test("is rejected with every reason at once", () => {
    const long = "x".repeat(500);
    const card = productCard({
      ...row,
      category_handles: [long],
      tag_handles: [long],
      option_values: Array.from({ length: 5_000 }, (_, n) => `Size=${n}${"x".repeat(400)}`),
    });
    const { rejection } = card as { rejection: string };
    expect(rejection.split("; ")).toEqual([
      `the category "${long.slice(0, 40)}…" has 500 bytes, and what is filtered by may have 468`,
      `the tag "${long.slice(0, 40)}…" has 500 bytes, and what is filtered by may have 468`,
      expect.stringMatching(/^the document has 20\d{5} bytes, and may have 1000000$/),
    ]);
  });

  test("is not rejected at the limits", () => {
    const doc = { ...product, vendor: "x".repeat(468), title: "t".repeat(10_000) };
    const card = productCard({ ...row, doc, prices: { EUR: { min: 0, max: 2 ** 53 - 1 } } });
    expect(card).toMatchObject({ vendor: doc.vendor, titleLength: 10_000 });
  });

  test("has a long text cut, never amid a sign", () => {
    const doc = { ...product, description: `<p>${"x".repeat(19_999)}😀 and more</p>` };
    expect(productCard({ ...row, doc })).toMatchObject({ text: "x".repeat(19_999) });
    const title = `${"x".repeat(99)}😀`;
    expect(productCard({ ...row, doc: { ...product, title } })).toMatchObject({
      titleKey: "x".repeat(99),
    });
  });

  test("has no signs in its words that would glue them together, and none for marks", () => {
    const title = "Red|blue \u0002<b>mug</b>\u0003 \u00adsoft 😀";
    const card = productCard({ ...row, doc: { ...product, title } });
    expect(card).toMatchObject({
      title: "Red|blue <b>mug</b> \u00adsoft 😀",
      words: { title: "\ue000 Red blue   b mug /b   \u00adsoft  " },
    });
  });
});

const content: ContentDocument = {
  id,
  revision: 2,
  locale: "de",
  kind: "post",
  slug: "hallo",
  alternates: [],
  title: "Hallo",
  excerpt: "Kurz",
  html: "<p>Welt</p>",
  parentId: null,
  position: 0,
  fields: { secret: "no" },
  publishedAt: null,
  createdAt: "2026-03-04T05:06:07.089Z",
  updatedAt: "2026-03-04T05:06:07.089Z",
  seo: { title: null, description: null },
  author: { handle: "ada", name: "Ada", bio: "private?", avatarUrl: null },
  categories: [],
  tags: [],
};

test("the card of a node holds its own, and its author's name", () => {
  const card = contentCard({
    tenant_id,
    node_id: id,
    generation: 1,
    revision: 2,
    indexed_at: new Date("2026-03-05T00:00:00.123Z"),
    doc: content,
    category_handles: [],
    tag_handles: [],
  } satisfies ContentRow);
  expect(card).toEqual({
    id: `${id}_1`,
    scope: `${tenant_id}:1`,
    kind: "post",
    slug: "hallo",
    title: "Hallo",
    locale: "de",
    excerpt: "Kurz",
    text: "Welt",
    words: {
      title: "\ue000 Hallo",
      keywords: "\ue000 Ada",
      excerpt: "\ue000 Kurz",
      text: "\ue000 Welt",
    },
    author: { handle: "ada", name: "Ada" },
    categories: [],
    tags: [],
    publishedAt: null,
    day: null,
    createdAt: Number.parseInt("01a20647a1a4", 16),
    titleKey: "hallo",
    titleLength: 5,
    sourceRevision: 2,
    indexedAt: "2026-03-05T00:00:00.123Z",
  });
});
