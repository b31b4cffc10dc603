import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { authors, createAuthor } from "#modules/content";
import { locations } from "#modules/commerce";
import { installation } from "#test/installation";
import { aCategory, aTag, onSale, published } from "../a-catalogue.ts";
import { onEitherEngine } from "./engines.ts";

let shop: RequestContext;

const everything = ["categories", "tags", "vendors", "productTypes", "options", "prices"] as const;

beforeAll(async () => {
  shop = await (await installation()).anEditor();
  const clothes = await aCategory(shop, "clothes", { name: "Clothes" });
  const shirts = await aCategory(shop, "shirts", { name: "Shirts", parentId: clothes });
  const summer = await aTag(shop, "summer");
  const linen = await aTag(shop, "linen");
  const { id: locationId } = await locations.create(shop, { handle: "here", name: "Here" });
  const variant = (Size: string, Colour: string, EUR: number, USD?: number, quantity = 0) => ({
    options: [
      { name: "Size", value: Size },
      { name: "Colour", value: Colour },
    ],
    prices: [{ currency: "EUR", amount: EUR }, ...(USD ? [{ currency: "USD", amount: USD }] : [])],
    inventory: [{ locationId, quantity }],
  });
  const options = [{ name: "Size" }, { name: "Colour" }];
  await onSale(shop, {
    title: "Linen shirt",
    vendor: "Loom",
    productType: "Shirt",
    categoryIds: [shirts],
    tagIds: [summer, linen],
    options,
    variants: [variant("M", "White", 4_000, 4_400, 3), variant("L", "Blue", 4_500, 9_900)],
  });
  await onSale(shop, {
    title: "Oxford shirt",
    vendor: "Loom",
    productType: "Shirt",
    categoryIds: [shirts],
    tagIds: [],
    options,
    variants: [variant("L", "Blue", 6_000, 6_600)],
  });
  await onSale(shop, {
    title: "Linen trousers",
    vendor: "Weft",
    productType: "Trousers",
    categoryIds: [clothes],
    tagIds: [linen],
    options,
    variants: [variant("M", "Blue", 8_000, undefined, 1)],
  });
  await onSale(shop, { title: "Gift card", tagIds: [summer] });
});

onEitherEngine((engine) => {
  test("facets count all that was found, by handle and with names", async () => {
    const { facets, priceRange, totalCount } = await engine.searchProducts(shop, "", {
      facets: [...everything],
      first: 1,
    });
    expect(totalCount).toBe(4);
    expect(facets).toEqual({
      categories: [
        { value: "clothes", label: "Clothes", count: 3 },
        { value: "shirts", label: "Shirts", count: 2 },
      ],
      tags: [
        { value: "linen", label: "#linen", count: 2 },
        { value: "summer", label: "#summer", count: 2 },
      ],
      vendors: [
        { value: "Loom", label: "Loom", count: 2 },
        { value: "Weft", label: "Weft", count: 1 },
      ],
      productTypes: [
        { value: "Shirt", label: "Shirt", count: 2 },
        { value: "Trousers", label: "Trousers", count: 1 },
      ],
      options: [
        { value: "Colour=Blue", label: "Colour=Blue", count: 3 },
        { value: "Size=L", label: "Size=L", count: 2 },
        { value: "Size=M", label: "Size=M", count: 2 },
        { value: "Colour=White", label: "Colour=White", count: 1 },
      ],
    });
    expect(priceRange).toEqual({ currency: "EUR", min: 4_000, max: 8_000 });
  });

  test("words and filters narrow the facets too", async () => {
    const { facets, priceRange } = await engine.searchProducts(shop, "linen", {
      facets: ["vendors", "prices"],
      filter: { inStock: true, productTypes: ["Trousers", "Shirt"] },
      currency: "USD",
    });
    expect(facets).toEqual({
      vendors: [
        { value: "Loom", label: "Loom", count: 1 },
        { value: "Weft", label: "Weft", count: 1 },
      ],
    });
    expect(priceRange).toEqual({ currency: "USD", min: 4_400, max: 4_400 });
  });

  test("what nobody asks for is not counted", async () => {
    const found = await engine.searchProducts(shop, "shirt", { withTotal: false });
    expect(found).toMatchObject({ facets: {}, priceRange: null, totalCount: null, hasMore: false });
    expect(found.hits).toHaveLength(2);
  });

  test("a facet of which nothing was found is left out", async () => {
    const found = await engine.searchProducts(shop, "nothing", { facets: [...everything] });
    expect(found).toEqual({
      hits: [],
      hasMore: false,
      totalCount: 0,
      facets: {},
      priceRange: null,
      engine: engine.name,
      degraded: false,
    });
  });

  test.each([
    [{ categories: { any: ["shirts", "none"] } }, ["Linen shirt", "Oxford shirt"]],
    [{ categories: { all: ["clothes", "shirts"] } }, ["Linen shirt", "Oxford shirt"]],
    [{ tags: { any: ["summer", "linen"] } }, ["Gift card", "Linen shirt", "Linen trousers"]],
    [{ tags: { all: ["summer", "linen"] } }, ["Linen shirt"]],
    [{ vendors: ["Weft"] }, ["Linen trousers"]],
    [{ vendors: [] }, []],
    [{ productTypes: ["Shirt"], inStock: false }, ["Oxford shirt"]],
    [{ inStock: true }, ["Linen shirt", "Linen trousers"]],
    [{ options: [{ name: "Size", values: ["M"] }] }, ["Linen shirt", "Linen trousers"]],
    [
      {
        options: [
          { name: "Size", values: ["L", "XL"] },
          { name: "Colour", values: ["White"] },
        ],
      },
      ["Linen shirt"],
    ],
    [{ options: [{ name: "Size", values: ["Blue"] }] }, []],
    [{ options: [] }, ["Gift card", "Linen shirt", "Linen trousers", "Oxford shirt"]],
    [{ price: { gte: 4_000, lte: 6_000 } }, ["Linen shirt", "Oxford shirt"]],
    [{ price: { gte: 4_001 } }, ["Linen trousers", "Oxford shirt"]],
  ])("the filter %j lets through %j", async (filter, expected) => {
    expect(await engine.titles(shop, "", { filter, sort: "title" })).toEqual(expected);
  });

  test("prices are filtered and sorted in the currency asked for; what is not sold in it comes last", async () => {
    const inDollars = { currency: "USD" };
    expect(
      await engine.titles(shop, "", {
        ...inDollars,
        filter: { price: { gte: 4_400, lte: 4_400 } },
      }),
    ).toEqual(["Linen shirt"]);
    expect(
      await engine.titles(shop, "", {
        ...inDollars,
        filter: { price: { gte: 0 } },
        sort: "price_desc",
      }),
    ).toEqual(["Oxford shirt", "Linen shirt"]);
    expect(await engine.titles(shop, "linen", { sort: "price_desc" })).toEqual([
      "Linen trousers",
      "Linen shirt",
    ]);
    expect(await engine.titles(shop, "linen", { ...inDollars, sort: "price_desc" })).toEqual([
      "Linen shirt",
      "Linen trousers",
    ]);
    expect(
      (await engine.titles(shop, "", { ...inDollars, sort: "price_asc" })).slice(0, 2),
    ).toEqual(["Linen shirt", "Oxford shirt"]);
  });

  test("a hit is a card of what its product is", async () => {
    const { hits } = await engine.searchProducts(shop, "oxford", { currency: "USD" });
    expect(hits.map(({ card }) => card)).toEqual([
      {
        id: expect.any(String),
        handle: expect.stringMatching(/^product-/),
        title: "Oxford shirt",
        locale: "en",
        vendor: "Loom",
        productType: "Shirt",
        image: null,
        priceRange: { currency: "USD", min: 6_600, max: 6_600 },
        inStock: false,
        publishedAt: expect.stringMatching(/^20\d\d-/),
        sourceRevision: 1,
        indexedAt: expect.stringMatching(/^20\d\d-.*Z$/),
        highlights: null,
      },
    ]);
  });

  test("content is filtered by kind, category, tag, author and time, and counted by them", async () => {
    const site = await (await installation()).anEditor();
    const { id: authorId } = await authors.create(
      site,
      createAuthor.parse({ handle: "ada", name: "Ada Lovelace" }),
    );
    const news = await aCategory(site, "news", { scope: "content", name: "News" });
    const tag = await aTag(site, "engines", "content");
    await published(site, "On engines", {
      authorId,
      categoryIds: [news],
      tagIds: [tag],
      publishedAt: new Date("2026-03-01T00:00:00Z"),
    });
    await published(site, "About engines", {
      kind: "page",
      publishedAt: new Date("2026-01-01T00:00:00Z"),
    });

    const found = await engine.searchContent(site, "engines", {
      facets: ["kinds", "categories", "tags", "authors"],
      sort: "oldest",
    });
    expect(found.hits.map(({ card }) => card.title)).toEqual(["About engines", "On engines"]);
    expect(found.facets).toEqual({
      kinds: [
        { value: "page", label: "page", count: 1 },
        { value: "post", label: "post", count: 1 },
      ],
      categories: [{ value: "news", label: "News", count: 1 }],
      tags: [{ value: "engines", label: "#engines", count: 1 }],
      authors: [{ value: "ada", label: "Ada Lovelace", count: 1 }],
    });
    for (const filter of [
      { kinds: ["post"] },
      { categories: { all: ["news"] } },
      { tags: { any: ["engines"] } },
      { authors: ["ada"] },
      { publishedAt: { gte: new Date("2026-02-01T00:00:00Z") } },
    ]) {
      const { hits } = await engine.searchContent(site, "engines", { filter });
      expect(hits.map(({ card }) => card.title)).toEqual(["On engines"]);
      expect(hits[0]?.card.author).toEqual({ handle: "ada", name: "Ada Lovelace" });
    }
    const before = { publishedAt: { lte: new Date("2026-01-01T00:00:00Z") } };
    const { hits } = await engine.searchContent(site, "", { filter: before });
    expect(hits.map(({ card }) => [card.title, card.author])).toEqual([["About engines", null]]);
  });
});
