import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import type { ProductSearch } from "#modules/search";
import { installation } from "#test/installation";
import { cursorOf, positionOf } from "../../../../src/modules/search/cursor.ts";
import { onSale, searchProducts } from "../a-catalogue.ts";

let ctx: RequestContext;
const ids: string[] = [];

beforeAll(async () => {
  ctx = await (await installation()).anEditor();
  for (let i = 0; i < 11; i++) {
    ids.push(
      await onSale(ctx, {
        title: `Mug ${"abc"[i % 3]}`,
        variants: [{ prices: [{ currency: "EUR", amount: 100 * (i % 4) }] }],
      }),
    );
  }
});

/** Pages of three that go on from what another engine has answered: a cursor that knows no place. */
async function pages(query: string, wanted: Partial<ProductSearch>): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await searchProducts(ctx, query, { ...wanted, first: 3, after });
    found.push(...page.hits.map(({ card }) => card.id));
    if (!page.hasMore) return found;
    const sort = query === "" && wanted.sort === "relevance" ? "newest" : (wanted.sort ?? "");
    const { offset } = positionOf(sort, page.hits.at(-1)?.cursor ?? "");
    expect(offset).toBe(found.length);
    after = cursorOf(sort, { place: null, offset });
  }
}

test.each(
  ["", "mug"].flatMap((query) =>
    (["relevance", "newest", "title", "price_asc", "price_desc"] as const).flatMap((sort) => [
      { query, sort, pins: 0 },
      ...(sort === "relevance" ? [{ query, sort, pins: 4 }] : []),
    ]),
  ),
)("by $sort, $query with $pins pins: pages by offset join", async ({ query, sort, pins }) => {
  const wanted = { sort, pinned: ids.slice(0, pins).toReversed() };
  const { hits } = await searchProducts(ctx, query, wanted);
  expect(hits).toHaveLength(11);
  expect(await pages(query, wanted)).toEqual(hits.map(({ card }) => card.id));
});

test("a place far beyond all hits, or beyond all time, is the end and no fault", async () => {
  const id = ids[0] as string;
  for (const number of [1e300, -1e300, 2 ** 53]) {
    for (const [query, sort] of [
      ["", "newest"],
      ["mug", "relevance"],
    ] as const) {
      const after = cursorOf(sort, { place: [number, "", id], offset: 5 });
      const { hits } = await searchProducts(ctx, query, { sort, after });
      expect(hits.length).toBe(number > 0 ? 0 : 11);
    }
  }
  const after = cursorOf("relevance", { place: null, offset: 1_000_000_000 });
  expect((await searchProducts(ctx, "mug", { after })).hits).toEqual([]);
});
