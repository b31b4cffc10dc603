import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { BadUserInput } from "#kernel/errors";
import type { ContentSearch, FoundContent, FoundProducts, ProductSearch } from "#modules/search";
import { installation } from "#test/installation";
import { onSale, published } from "../a-catalogue.ts";
import { onEitherEngine } from "./engines.ts";

let ctx: RequestContext;

beforeAll(async () => {
  ctx = await (await installation()).anEditor();
  for (let i = 0; i < 23; i++) {
    // Equal in threes by price and title, so that only the id tells them apart; some without a price.
    const prices = i % 5 === 0 ? [] : [{ currency: "EUR", amount: 1_000 + 100 * (i % 3) }];
    await onSale(ctx, {
      title: `Mug ${"abc"[i % 3]}`,
      publishedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, 0, i % 4)),
      variants: [{ prices }],
    });
    await published(ctx, `Mug ${"abc"[i % 3]}`, {
      publishedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, 0, i % 4)),
    });
  }
});

/** The ids of all pages of four, one after the other. */
async function pages<Search extends ProductSearch | ContentSearch>(
  search: (ctx: RequestContext, query: string, wanted: Partial<Search>) => Promise<Page>,
  query: string,
  sort: Search["sort"],
): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | undefined; ;) {
    const { hits, hasMore, totalCount } = await search(ctx, query, {
      sort,
      first: 4,
      after,
    } as never);
    ids.push(...hits.map((hit) => hit.card.id));
    expect(totalCount).toBe(23);
    if (!hasMore) return ids;
    after = hits.at(-1)?.cursor;
  }
}
type Page = FoundProducts | FoundContent;

onEitherEngine((engine) => {
  test.each(
    ["", "mug"].flatMap((query) =>
      (["relevance", "newest", "title", "price_asc", "price_desc"] as const).map((sort) => ({
        query,
        sort,
      })),
    ),
  )("pages of products for $query by $sort join without gap or repeat", async ({ query, sort }) => {
    const { hits } = await engine.searchProducts(ctx, query, { sort, first: 100 });
    expect(hits).toHaveLength(23);
    expect(await pages(engine.searchProducts, query, sort)).toEqual(
      hits.map(({ card }) => card.id),
    );
  });

  test.each(
    ["", "mug"].flatMap((query) =>
      (["relevance", "newest", "oldest", "title"] as const).map((sort) => ({ query, sort })),
    ),
  )("pages of content for $query by $sort join without gap or repeat", async ({ query, sort }) => {
    const { hits } = await engine.searchContent(ctx, query, { sort, first: 100 });
    expect(hits).toHaveLength(23);
    expect(await pages(engine.searchContent, query, sort)).toEqual(hits.map(({ card }) => card.id));
  });

  test("what comes in before the cursor moves nothing behind it on PostgreSQL, and everything by one on Meilisearch", async () => {
    const own = await (await installation()).anEditor();
    for (const title of ["Bowl b", "Bowl d", "Bowl e"]) await onSale(own, { title });
    const by = { sort: "title", first: 2 } as const;
    const page = await engine.searchProducts(own, "bowl", by);
    await onSale(own, { title: "Bowl a" });
    const next = await engine.searchProducts(own, "bowl", { ...by, after: page.hits[1]?.cursor });
    expect(next.hits.map(({ card }) => card.title)).toEqual(
      engine.differs({ postgresql: ["Bowl e"], meilisearch: ["Bowl d", "Bowl e"] }),
    );
  });

  test.each([
    ["of another order", "newest"],
    ["of nothing", "garbage"],
    ["from before the first hit", Buffer.from('["title",null,0]').toString("base64url")],
    ["of something else", Buffer.from('{"a":1}').toString("base64url")],
    ["with a wrong id", Buffer.from('["title",[0,"x","x"],1]').toString("base64url")],
  ])("a cursor %s is refused", async (_, given) => {
    const { hits } = await engine.searchProducts(ctx, "mug", { sort: "newest", first: 1 });
    const after = given === "newest" ? hits[0]?.cursor : given;
    const refused = engine.searchProducts(ctx, "mug", { sort: "title", after });
    await expect(refused).rejects.toThrow(BadUserInput);
    await expect(refused).rejects.toMatchObject({
      details: { issues: [{ path: ["after"], message: "must be a cursor of this search" }] },
    });
  });
});
