import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { defaultTuning, type MixedSearch } from "#modules/search";
import { installation } from "#test/installation";
import { onSale, published } from "../a-catalogue.ts";
import { contentTuning, onEitherEngine } from "./engines.ts";

let ctx: RequestContext;
const ids: Record<string, string> = {};

beforeAll(async () => {
  ctx = await (await installation()).anEditor();
  ids["mug"] = await onSale(ctx, {
    title: "Mug",
    handle: "mug",
    vendor: "Kiln",
    variants: [{ prices: [{ currency: "EUR", amount: 900 }] }],
  });
  ids["plate"] = await onSale(ctx, { title: "Plate", description: "Goes with every mug" });
  ids["story"] = await published(ctx, "How to throw a mug");
  ids["about"] = await published(ctx, "About us", { kind: "page" });
  await onSale(await (await installation()).anEditor(), { title: "Mug of a stranger" });
});

onEitherEngine((engine) => {
  const found = async (query: string, wanted?: Partial<MixedSearch>) => {
    const { hits, totals } = await engine.searchAll(ctx, query, wanted);
    return { titles: hits.map(({ kind, card }) => `${kind} ${card.title}`), totals };
  };

  test("products and content come in one list, best first, counted apart", async () => {
    const { titles, totals } = await found("mug");
    expect(titles.toSorted()).toEqual([
      "content How to throw a mug",
      "product Mug",
      "product Plate",
    ]);
    expect(titles.indexOf("product Plate")).toBe(2);
    expect(totals).toEqual({ products: 2, content: 1 });
  });

  test("each hit is a card of its kind", async () => {
    const {
      hits,
      engine: name,
      degraded,
    } = await engine.searchAll(ctx, "mug", {
      highlights: ["title"],
    });
    expect([name, degraded]).toEqual([engine.name, false]);
    expect(hits.find(({ card }) => card.id === ids["mug"])).toMatchObject({
      kind: "product",
      card: {
        handle: "mug",
        vendor: "Kiln",
        priceRange: { currency: "EUR", min: 900, max: 900 },
        sourceRevision: 1,
        highlights: { title: "<mark>Mug</mark>" },
      },
    });
    expect(hits.find(({ card }) => card.id === ids["story"])).toMatchObject({
      kind: "content",
      card: {
        kind: "post",
        author: null,
        highlights: { title: "How to throw a <mark>mug</mark>" },
      },
    });
  });

  test("the list ends where it is told to, the totals do not", async () => {
    const { titles, totals } = await found("mug", { first: 1 });
    expect(titles).toHaveLength(1);
    expect(totals).toEqual({ products: 2, content: 1 });
  });

  test("typos and beginnings find both kinds", async () => {
    expect((await found("thorw")).titles).toEqual(["content How to throw a mug"]);
    expect((await found("pla")).titles).toEqual(["product Plate"]);
    expect(await found("zzzzz")).toEqual({ titles: [], totals: { products: 0, content: 0 } });
    expect(await found("!?")).toEqual({ titles: [], totals: { products: 0, content: 0 } });
  });

  test("nothing typed finds everything, the newest first", async () => {
    const { titles, totals } = await found("");
    expect(titles.toSorted()).toEqual([
      "content About us",
      "content How to throw a mug",
      "product Mug",
      "product Plate",
    ]);
    expect(totals).toEqual({ products: 2, content: 2 });
  });

  test("pinned hits of either kind go first, hidden ones nowhere", async () => {
    const pinned = [ids["about"], ids["plate"], ids["story"]].map(String);
    expect(await found("mug", { pinned, hidden: [String(ids["story"])] })).toEqual({
      titles: ["content About us", "product Plate", "product Mug"],
      totals: { products: 2, content: 1 },
    });
  });

  test("each kind is searched by its own tuning", async () => {
    const products = { ...defaultTuning, synonyms: [["mug", "cup"]] };
    const content = { ...contentTuning, synonyms: [["cup", "throw"]] };
    const { titles } = await found("cup", { tuning: { products, content } });
    expect(titles.toSorted()).toEqual([
      "content How to throw a mug",
      "product Mug",
      "product Plate",
    ]);
  });

  test("whatever either kind ranks by, the two can be merged", async () => {
    const products = { ...defaultTuning, ranking: ["sales", "recency", "stock", "boost"] as const };
    const tuning = {
      products: { ...products, ranking: [...products.ranking] },
      content: { ...contentTuning, ranking: [] },
    };
    expect((await found("mug", { tuning })).titles).toHaveLength(3);
    expect((await found("", { tuning })).titles).toHaveLength(4);
  });
});
