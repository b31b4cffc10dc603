import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { installation } from "#test/installation";
import { onSale } from "../a-catalogue.ts";
import { onEitherEngine } from "./engines.ts";

let ctx: RequestContext;

beforeAll(async () => {
  ctx = await (await installation()).anEditor();
  await onSale(ctx, { title: "Coffee table", description: "<p>Of <b>solid</b> oak.</p>" });
  await onSale(ctx, { title: "Table for coffee", description: "Oak, solid." });
  await onSale(ctx, { title: "Coffee tables" });
});

onEitherEngine((engine) => {
  test.each([
    [`"coffee table"`, ["Coffee table"]],
    [`"solid oak"`, ["Coffee table"]],
    [`"table coffee"`, []],
    [`"Coffee Table" oak`, ["Coffee table"]],
    [`oak "coffee table"`, ["Coffee table"]],
    [`"coffe table"`, []],
    [`"coffee tabl"`, []],
    [`"coffee" "table"`, ["Coffee table", "Table for coffee"]],
  ])(
    "the phrase %s finds %j: its words as they are, one after the other",
    async (query, expected) => {
      expect((await engine.titles(ctx, query)).toSorted()).toEqual(expected);
    },
  );

  test.each([[`"coffee table`], [`coffee table"`], [`coffee "table`], [`"" coffee table`]])(
    "%s has no phrase in it: its words are found wherever they stand",
    async (query) => {
      expect((await engine.titles(ctx, query)).toSorted()).toEqual([
        "Coffee table",
        "Coffee tables",
        "Table for coffee",
      ]);
    },
  );

  test.each([
    ["coffee -solid", ["Coffee tables"]],
    [`coffee -"coffee table"`, ["Coffee tables", "Table for coffee"]],
    ["-oak", ["Coffee tables"]],
    ["coffee --solid", ["Coffee table", "Table for coffee"]],
    ["coffee - solid", ["Coffee table", "Table for coffee"]],
    ["coffee-solid", ["Coffee table", "Table for coffee"]],
  ])("%s finds %j: one hyphen before a word or a phrase leaves it out", async (query, expected) => {
    expect((await engine.titles(ctx, query)).toSorted()).toEqual(expected);
  });
});
