import { describe, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { locations, sales } from "#modules/commerce";
import { refreshProducts } from "#modules/index";
import { defaultTuning, type RankingRule } from "#modules/search";
import { installation } from "#test/installation";
import { onSale, published } from "../a-catalogue.ts";
import { contentTuning, onEitherEngine } from "./engines.ts";

const anEditor = async () => (await installation()).anEditor();
const day = (n: number) => new Date(Date.UTC(2026, 0, n));

/** Four mugs that differ in nothing but what shops rank by, the last made first. */
async function mugs(ctx: RequestContext): Promise<void> {
  const { id: locationId } = await locations.create(ctx, { handle: "here", name: "Here" });
  const sold = await onSale(ctx, { title: "Mug sold", publishedAt: day(1) });
  await sales.record(ctx, { sales: [{ productId: sold, units: 100 }] });
  await refreshProducts(ctx, [sold]);
  await onSale(ctx, {
    title: "Mug here",
    publishedAt: day(1),
    variants: [{ inventory: [{ locationId, quantity: 1 }] }],
  });
  await onSale(ctx, { title: "Mug late", publishedAt: day(9) });
  await onSale(ctx, { title: "Mug best", publishedAt: day(1), boost: 5 });
  await onSale(ctx, { title: "Mug last", publishedAt: day(9), boost: -5 });
}

onEitherEngine((engine) => {
  describe("ranking", () => {
    test.each<[RankingRule[], string]>([
      [["boost", "stock", "recency"], "best here late sold last"],
      [["stock", "recency", "boost"], "here late last best sold"],
      [["sales", "boost"], "sold best late here last"],
      [["recency", "sales"], "last late sold best here"],
      [[], "last best late here sold"],
    ])("by %j puts %s", async (ranking, expected) => {
      const ctx = await anEditor();
      await mugs(ctx);
      const tuning = { ...defaultTuning, ranking };
      const found = await engine.titles(ctx, "mug", { tuning });
      expect(found.map((title) => title.slice(4)).join(" ")).toBe(expected);
    });

    test("comes after how well the words match: in what part, as typed or not", async () => {
      const ctx = await anEditor();
      await onSale(ctx, { title: "Bowl", description: "A mug with a rim", boost: 100 });
      await onSale(ctx, { title: "Mugwort", boost: 100 });
      await onSale(ctx, { title: "A small mug" });
      expect(await engine.titles(ctx, "mug")).toEqual(["A small mug", "Bowl", "Mugwort"]);
    });

    test("comes before how short a title is, and where in it the word stands", async () => {
      const ctx = await anEditor();
      await onSale(ctx, { title: "Mug" });
      await onSale(ctx, { title: "A large mug for travels", boost: 1 });
      expect(await engine.titles(ctx, "mug")).toEqual(["A large mug for travels", "Mug"]);
      const tuning = { ...defaultTuning, ranking: [] };
      expect(await engine.titles(ctx, "mug", { tuning })).toEqual([
        "Mug",
        "A large mug for travels",
      ]);
    });

    test("touches no other order than relevance", async () => {
      const ctx = await anEditor();
      await mugs(ctx);
      expect(await engine.titles(ctx, "mug", { sort: "title" })).toEqual([
        "Mug best",
        "Mug here",
        "Mug last",
        "Mug late",
        "Mug sold",
      ]);
    });

    test("of content goes by recency alone", async () => {
      const ctx = await anEditor();
      await published(ctx, "Mug stories, second part", { publishedAt: day(2) });
      await published(ctx, "Mug stories", { publishedAt: day(1) });
      const ranked = async (ranking: RankingRule[]) => {
        const tuning = { ...contentTuning, ranking };
        const { hits } = await engine.searchContent(ctx, "mug", { tuning });
        return hits.map(({ card }) => card.title);
      };
      expect(await ranked(["recency"])).toEqual(["Mug stories, second part", "Mug stories"]);
      expect(await ranked([])).toEqual(["Mug stories", "Mug stories, second part"]);
    });
  });

  describe("synonyms", () => {
    const tuning = {
      ...defaultTuning,
      synonyms: [
        ["sofa", "Couch"],
        ["tv", "television set"],
      ],
    };

    test("find each other, after what was typed", async () => {
      const ctx = await anEditor();
      await onSale(ctx, { title: "Red couch" });
      await onSale(ctx, { title: "Red sofa" });
      await onSale(ctx, { title: "Red chair" });
      expect(await engine.titles(ctx, "sofa", { tuning })).toEqual(["Red sofa", "Red couch"]);
      expect(await engine.titles(ctx, "red COUCH", { tuning })).toEqual(["Red couch", "Red sofa"]);
      expect(await engine.titles(ctx, "sofa")).toEqual(["Red sofa"]);
    });

    test("may have several words", async () => {
      const ctx = await anEditor();
      await onSale(ctx, { title: "Small television set" });
      await onSale(ctx, { title: "Large tv" });
      await onSale(ctx, { title: "Set for television lovers" });
      expect(await engine.titles(ctx, "tv", { tuning })).toEqual([
        "Large tv",
        "Small television set",
      ]);
      expect(await engine.titles(ctx, "television set", { tuning })).toContain("Large tv");
    });
  });

  describe("stop words", () => {
    const tuning = { ...defaultTuning, stopWords: ["deluxe"] };

    test("need not be found, unless nothing else was typed", async () => {
      const ctx = await anEditor();
      await onSale(ctx, { title: "Mug" });
      await onSale(ctx, { title: "Deluxe bowl" });
      expect(await engine.titles(ctx, "deluxe mug", { tuning })).toEqual(["Mug"]);
      expect(await engine.titles(ctx, "mug Deluxe", { tuning })).toEqual(["Mug"]);
      expect(await engine.titles(ctx, "deluxe", { tuning })).toEqual(["Deluxe bowl"]);
      expect(await engine.titles(ctx, "deluxe mug")).toEqual([]);
    });
  });
});
