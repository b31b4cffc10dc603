import { beforeAll, describe, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { defaultTuning } from "#modules/search";
import { installation } from "#test/installation";
import { tuningOf } from "../../../../src/modules/search/postgres/tuning-of-query.ts";
import { onSale, searchProducts, titles } from "../a-catalogue.ts";

let ctx: RequestContext;

beforeAll(async () => {
  ctx = await (await installation()).anEditor();
  for (const title of [
    "Hotel in New York",
    "Hotel NYC",
    "York hotel, new",
    "Hotel Big Apple",
    "New York City guide",
    "Café au lait",
    "Kaffee",
    "Metropolis",
  ]) {
    await onSale(ctx, { title });
  }
});

const found = (query: string, ...synonyms: string[][]) =>
  titles(ctx, query, { tuning: { ...defaultTuning, synonyms } });

test("a phrase is stood for as a whole: its words apart are the words as typed", async () => {
  const city = ["NYC", "new york", "big apple"];
  expect((await found("hotel new york ", city)).toSorted()).toEqual([
    "Hotel Big Apple",
    "Hotel NYC",
    "Hotel in New York",
    "York hotel, new",
  ]);
  expect((await found("hotel nyc ", city)).toSorted()).toEqual([
    "Hotel Big Apple",
    "Hotel NYC",
    "Hotel in New York",
  ]);
  expect(await found("york new ", city)).not.toContain("Hotel NYC");
});

test("where two phrases overlap the longer counts", async () => {
  const both = [
    ["new york", "nyc"],
    ["new york city", "metropolis"],
  ];
  expect(await found("new york city ", ...both)).toEqual(["New York City guide", "Metropolis"]);
});

test("accents and capitals are no matter", async () => {
  expect((await found("CAFE ", ["café", "Kaffee"])).toSorted()).toEqual(["Café au lait", "Kaffee"]);
});

test("part of a word has no synonyms, and neither has a phrase in quotes", async () => {
  expect(await found("york ", ["new york", "nyc"], ["yor", "kaffee"])).not.toContain("Kaffee");
  expect(await found(`"new york"`, ["new york", "nyc"])).not.toContain("Hotel NYC");
});

test("a word may stand in several lists, and a list may hold what no document has", async () => {
  const lists = [
    ["kaffee", "metropolis"],
    ["kaffee", "nyc"],
    ["nyc", "nothing", "!?", ""],
  ];
  expect((await found("kaffee ", ...lists)).toSorted()).toEqual([
    "Hotel NYC",
    "Kaffee",
    "Metropolis",
  ]);
});

test("synonyms are marked as what was found", async () => {
  const { hits } = await searchProducts(ctx, "metropolis ", {
    tuning: { ...defaultTuning, synonyms: [["metropolis", "big apple"]] },
    highlights: ["title"],
  });
  expect(hits.map(({ card }) => card.highlights?.title)).toEqual([
    "<mark>Metropolis</mark>",
    "Hotel <mark>Big</mark> <mark>Apple</mark>",
  ]);
});

describe("of a tenant's lists", () => {
  const tuning = {
    ...defaultTuning,
    synonyms: [
      ["sofa", "Love Seat"],
      ["T-Shirt", "tee"],
      ["Grün", "green"],
    ],
    stopWords: ["the", "für"],
  };

  test.each([
    ["a red SOFA", [0], []],
    ["love   seat", [0], []],
    ["love", [], []],
    ["t-shirts", [1], []],
    ["t shirt", [1], []],
    ["gruner tee", [1, 2], []],
    ["tee fur the sofa", [0, 1], ["the", "für"]],
    ["", [], []],
  ])("%j needs no more than it may hold", (query, lists, stopWords) => {
    expect(tuningOf(query, tuning)).toEqual({
      synonyms: lists.map((place) => tuning.synonyms[place]),
      stopWords,
    });
  });
});
