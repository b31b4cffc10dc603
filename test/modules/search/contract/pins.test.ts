import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { installation } from "#test/installation";
import { onSale, published } from "../a-catalogue.ts";
import { onEitherEngine } from "./engines.ts";

let ctx: RequestContext;
const ids: Record<string, string> = {};

beforeAll(async () => {
  ctx = await (await installation()).anEditor();
  for (const [title, vendor] of [
    ["Mug one", "Kiln"],
    ["Mug two", "Kiln"],
    ["Mug three", "Oven"],
    ["Bowl", "Oven"],
    ["Plate", "Kiln"],
  ] as const) {
    ids[title] = await onSale(ctx, { title, vendor });
  }
});

const idsOf = (...titles: string[]) => titles.map((title) => ids[title] ?? newId());

onEitherEngine((engine) => {
  test("pinned hits go first, in their order, whatever words they hold; the rest follow", async () => {
    const pinned = idsOf("Plate", "Mug one", "Nothing that exists");
    const found = await engine.searchProducts(ctx, "mug", { pinned });
    expect(found.hits.map(({ card }) => card.title)).toEqual([
      "Plate",
      "Mug one",
      "Mug two",
      "Mug three",
    ]);
    expect(found.totalCount).toBe(4);
  });

  test("they are found by a query that finds nothing else", async () => {
    const pinned = idsOf("Plate");
    expect(await engine.titles(ctx, "zzzzzz", { pinned })).toEqual(["Plate"]);
    expect(await engine.titles(ctx, "!?", { pinned })).toEqual(["Plate"]);
  });

  test("filters bind them, and so does hiding", async () => {
    const pinned = idsOf("Bowl", "Plate", "Mug two");
    expect(await engine.titles(ctx, "mug", { pinned, filter: { vendors: ["Kiln"] } })).toEqual([
      "Plate",
      "Mug two",
      "Mug one",
    ]);
    const hidden = idsOf("Plate", "Mug one");
    const found = await engine.searchProducts(ctx, "mug", { pinned, hidden });
    expect(found.hits.map(({ card }) => card.title)).toEqual(["Bowl", "Mug two", "Mug three"]);
    expect(found.totalCount).toBe(3);
  });

  test("another order than relevance knows no pins", async () => {
    const found = await engine.searchProducts(ctx, "mug", {
      pinned: idsOf("Plate", "Mug two"),
      sort: "title",
    });
    expect(found.hits.map(({ card }) => card.title)).toEqual(["Mug one", "Mug three", "Mug two"]);
    expect(found.totalCount).toBe(3);
  });

  test("facets count what is pinned with the rest, and not what is hidden", async () => {
    const found = await engine.searchProducts(ctx, "mug", {
      pinned: idsOf("Plate", "Mug two"),
      hidden: idsOf("Mug three"),
      facets: ["vendors"],
    });
    expect(found.facets.vendors).toEqual([{ value: "Kiln", label: "Kiln", count: 3 }]);
    const chosen = await engine.searchProducts(ctx, "mug", {
      pinned: idsOf("Plate"),
      facets: ["vendors"],
      filter: { vendors: ["Oven"] },
    });
    expect(chosen.hits.map(({ card }) => card.title)).toEqual(["Mug three"]);
    expect(chosen.facets.vendors).toEqual([
      { value: "Kiln", label: "Kiln", count: 3 },
      { value: "Oven", label: "Oven", count: 1 },
    ]);
  });

  test.each([1, 2, 3, 4])(
    "pages of %i go through pinned hits and on, without gap or repeat",
    async (first) => {
      const pinned = idsOf("Plate", "Mug one", "Nothing that exists", "Bowl");
      const seen: string[] = [];
      for (let after: string | undefined; ;) {
        const page = await engine.searchProducts(ctx, "mug", { pinned, first, after });
        expect(page.totalCount).toBe(5);
        seen.push(...page.hits.map(({ card }) => card.title));
        if (!page.hasMore) break;
        expect(page.hits).toHaveLength(first);
        after = page.hits.at(-1)?.cursor;
      }
      expect(seen).toEqual(["Plate", "Mug one", "Bowl", "Mug two", "Mug three"]);
    },
  );

  test("content is pinned and hidden alike", async () => {
    const site = await (await installation()).anEditor();
    const about = await published(site, "About us");
    await published(site, "On mugs");
    const more = await published(site, "More on mugs");
    const { hits } = await engine.searchContent(site, "mugs", { pinned: [about], hidden: [more] });
    expect(hits.map(({ card }) => card.title)).toEqual(["About us", "On mugs"]);
  });
});
