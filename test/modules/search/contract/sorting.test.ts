import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { installation } from "#test/installation";
import { onSale, published } from "../a-catalogue.ts";
import { onEitherEngine } from "./engines.ts";

let ctx: RequestContext;

beforeAll(async () => {
  ctx = await (await installation()).anEditor();
  const prices = (EUR?: number, USD?: number) =>
    [
      { currency: "EUR", amount: EUR },
      { currency: "USD", amount: USD },
    ].filter(({ amount }) => amount !== undefined) as { currency: string; amount: number }[];
  for (const [title, day, ...amounts] of [
    ["banana bowl", 3, 300, 100],
    ["Apple bowl", 1, 200],
    ["Äpfel bowl", 4, 100, 300],
    ["zebra bowl", 2],
    ["9 bowls", 5, 200, 200],
  ] as const) {
    await onSale(ctx, {
      title,
      publishedAt: new Date(Date.UTC(2026, 0, day)),
      variants: [{ prices: prices(...amounts) }],
    });
    await published(ctx, title, { publishedAt: new Date(Date.UTC(2026, 0, day)) });
  }
});

onEitherEngine((engine) => {
  test.each([
    ["newest", "9 Äpfel banana zebra Apple"],
    ["title", "9 Äpfel Apple banana zebra"],
    ["price_asc", "Äpfel 9 Apple banana zebra"],
    ["price_desc", "banana 9 Apple Äpfel zebra"],
  ] as const)("products by %s are %s", async (sort, expected) => {
    for (const query of ["", "bowl"]) {
      const found = await engine.titles(ctx, query, { sort });
      expect(found.map((title) => title.split(" ")[0]).join(" ")).toBe(expected);
    }
  });

  test("prices of another currency sort otherwise, and what has none comes last", async () => {
    const found = async (sort: "price_asc" | "price_desc") => {
      const titles = await engine.titles(ctx, "bowl", { sort, currency: "USD" });
      return titles.map((title) => title.split(" ")[0]).join(" ");
    };
    expect(await found("price_asc")).toBe("banana 9 Äpfel zebra Apple");
    expect(await found("price_desc")).toBe("Äpfel 9 banana zebra Apple");
  });

  test.each([
    ["newest", "9 Äpfel banana zebra Apple"],
    ["oldest", "Apple zebra banana Äpfel 9"],
    ["title", "9 Äpfel Apple banana zebra"],
  ] as const)("content by %s is %s", async (sort, expected) => {
    for (const query of ["", "bowl"]) {
      const { hits } = await engine.searchContent(ctx, query, { sort });
      expect(hits.map(({ card }) => card.title.split(" ")[0]).join(" ")).toBe(expected);
    }
  });

  test("nothing typed, the most relevant are the newest", async () => {
    const newest = await engine.titles(ctx, "", { sort: "newest" });
    expect(await engine.titles(ctx, " ", { sort: "relevance" })).toEqual(newest);
  });

  test("titles without a letter of our alphabet: by Unicode's order on PostgreSQL, by number on Meilisearch", async () => {
    const shop = await (await installation()).anEditor();
    for (const title of ["あさ", "アイ", "いえ", "Ель", "ёж"]) await onSale(shop, { title });
    expect(await engine.titles(shop, "", { sort: "title" })).toEqual(
      engine.differs({
        postgresql: ["ёж", "Ель", "アイ", "あさ", "いえ"],
        meilisearch: ["ёж", "Ель", "あさ", "いえ", "アイ"],
      }),
    );
  });

  test("values that differ in case alone are two on PostgreSQL, one on Meilisearch", async () => {
    const shop = await (await installation()).anEditor();
    await onSale(shop, { title: "One", vendor: "Loom" });
    await onSale(shop, { title: "Two", vendor: "LOOM" });
    const found = await engine.searchProducts(shop, "", {
      filter: { vendors: ["Loom"] },
      facets: ["vendors"],
    });
    expect(found.totalCount).toBe(engine.differs({ postgresql: 1, meilisearch: 2 }));
    expect(found.facets.vendors?.map(({ count }) => count)).toEqual(
      engine.differs({ postgresql: [1, 1], meilisearch: [2] }),
    );
  });
});
