import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { installation } from "#test/installation";
import { onSale } from "../a-catalogue.ts";
import { onEitherEngine } from "./engines.ts";

let ctx: RequestContext;

beforeAll(async () => {
  ctx = await (await installation()).anEditor();
  await onSale(ctx, { title: "Mug" });
});

onEitherEngine((engine) => {
  test.each([
    ["operators", "& | ! <-> :* ( ) <2>"],
    ["quotes and backslashes", `' '' \\' \\\\ " E'\\x' $$ \``],
    ["an injection", "'; drop table products; --"],
    ["format strings", "%s %I %L %% _ %"],
    ["NUL", "qqq\0www"],
    ["half a surrogate pair", "qqq\ud83d"],
    ["emoji", "😀👩‍👩‍👧‍👦🇩🇪"],
    ["punctuation", "!?.,;—…¿¡«»"],
    ["controls and marks of direction", "\u0001\u200b\u202e\ufeff\u0301"],
    ["a JSON document", '{"query": null}'],
    ["a path", "../../../etc/passwd"],
    ["markup", "<script>alert(1)</script"],
    ["ten thousand letters", "x".repeat(10_000)],
    ["ten thousand words", "wort ".repeat(2_000)],
    ["ten thousand signs of Chinese", "漢".repeat(10_000)],
  ])("%s find nothing, and break nothing", async (_, query) => {
    const wanted = {
      highlights: ["title", "description"] as ["title", "description"],
      facets: ["categories", "tags"] as ["categories", "tags"],
    };
    for (const search of [engine.searchProducts, engine.searchContent]) {
      expect(await search(ctx, query, wanted)).toMatchObject({
        hits: [],
        totalCount: 0,
        facets: {},
      });
    }
  });

  test.each([
    "mug & | ! <->",
    "'mug'",
    "(mug)",
    "mug:*",
    "!mug",
    '"mug"',
    "mug\0",
    "😀 mug",
    "<b>mug</b>",
  ])("%s is a mug all the same", async (query) => {
    expect(await engine.titles(ctx, query)).toEqual(["Mug"]);
  });

  test("blanks of any kind are nothing typed: everything is found", async () => {
    for (const query of ["", " ", "\t\n "])
      expect(await engine.titles(ctx, query)).toEqual(["Mug"]);
  });

  test("values to filter by are values, whatever they hold", async () => {
    const evil = `'); "\\ {}, null \0 \ud800 %`;
    const filter = {
      categories: { any: [evil], all: [evil] },
      tags: { any: [evil] },
      vendors: [evil],
      productTypes: [evil],
      options: [
        { name: evil, values: [evil, "M"] },
        { name: "Size", values: ["M"] },
      ],
    };
    expect(await engine.titles(ctx, "mug", { filter })).toEqual([]);
  });
});
