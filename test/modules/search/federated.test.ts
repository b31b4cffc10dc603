import { expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { installation } from "#test/installation";
import { onSale, published } from "./a-catalogue.ts";
import { edit, visit } from "./an-editor.ts";

const { anEditor } = await installation();

interface Answer {
  search: {
    hits: { __typename: string; title: string }[];
    totals: { products: number; content: number };
  };
}

const search = async (ctx: RequestContext, query: string, first = 20) => {
  const asked = `query ($query: String!, $first: Int) {
    search(query: $query, first: $first) {
      hits { __typename ... on ProductHit { title } ... on ContentHit { title } }
      totals { products content }
    }
  }`;
  const { search: answer } = await visit<Answer>(ctx, asked, { query, first });
  const hits = answer.hits.map(({ __typename, title }) => `${__typename} ${title}`);
  return { hits, totals: answer.totals };
};

async function aShopWithStories() {
  const ctx = await anEditor();
  const mug = await onSale(ctx, {
    handle: "mug",
    title: "Mug",
    description: "<p>Holds coffee</p>",
    variants: [{ prices: [{ currency: "USD", amount: 1_200 }] }],
  });
  await onSale(ctx, { title: "Coffee grinder" });
  const brewing = await published(ctx, "Brewing coffee in a mug");
  const tea = await published(ctx, "All about tea");
  return { ctx, mug, brewing, tea };
}

test("products and content come in one list, best first across both, with the totals of each", async () => {
  const { ctx } = await aShopWithStories();
  const found = await search(ctx, "coffee");
  expect(found.totals).toEqual({ products: 2, content: 1 });
  expect(new Set(found.hits.slice(0, 2))).toEqual(
    new Set(["ProductHit Coffee grinder", "ContentHit Brewing coffee in a mug"]),
  );
  // In its description only.
  expect(found.hits[2]).toBe("ProductHit Mug");
  expect(await search(ctx, "coffee", 1)).toEqual({
    hits: [found.hits[0]],
    totals: { products: 2, content: 1 },
  });
  expect(await search(ctx, "tea")).toEqual({
    hits: ["ContentHit All about tea"],
    totals: { products: 0, content: 1 },
  });
  expect(await search(await anEditor(), "coffee")).toEqual({
    hits: [],
    totals: { products: 0, content: 0 },
  });
});

test("each kind shows its own fields, as a query of a storefront asks for them", async () => {
  const { ctx, mug, brewing } = await aShopWithStories();
  const answer = await visit(
    ctx,
    `query ($query: String!, $currency: String) {
      search(query: $query, currency: $currency) {
        engine degraded
        hits {
          ... on ProductHit { id handle title priceRange { currency min } highlights { title } ...Freshness }
          ... on ContentHit { id kind headline: title author { name } highlights { title } }
        }
      }
    }
    fragment Freshness on ProductHit { sourceRevision locale }`,
    { query: "mug", currency: "USD" },
  );
  expect(answer).toEqual({
    search: {
      engine: "POSTGRESQL",
      degraded: false,
      hits: [
        {
          id: mug,
          handle: "mug",
          title: "Mug",
          priceRange: { currency: "USD", min: 1_200 },
          highlights: { title: "<mark>Mug</mark>" },
          sourceRevision: 1,
          locale: "en",
        },
        {
          id: brewing,
          kind: "post",
          headline: "Brewing coffee in a mug",
          author: null,
          highlights: { title: "Brewing coffee in a <mark>mug</mark>" },
        },
      ],
    },
  });
});

test("rules for products and for content hold in it", async () => {
  const { ctx, mug, brewing, tea } = await aShopWithStories();
  const create =
    "mutation ($input: CreateSearchRuleInput!) { createSearchRule(input: $input) { id } }";
  const rule = (kind: string, pinned: string[], hidden: string[]) =>
    edit(ctx, create, { input: { kind, query: "coffee", pinned, hidden } });
  await rule("PRODUCTS", [mug], []);
  await rule("CONTENT", [tea], [brewing]);
  expect((await search(ctx, " Coffee ")).hits).toEqual([
    "ProductHit Mug",
    "ContentHit All about tea",
    "ProductHit Coffee grinder",
  ]);
});

test("an interface of neither kind, an unknown field and faulty arguments are refused", async () => {
  const { ctx } = await aShopWithStories();
  await expect(visit(ctx, `{ search(query: "mug") { hits { title } } }`)).rejects.toThrow(
    /Cannot query field/,
  );
  await expect(
    visit(ctx, `{ search(query: "${"x".repeat(501)}", first: 0) { totals { content } } }`),
  ).rejects.toThrow(/"path":\["query"\].*"path":\["first"\]/);
  await expect(
    visit(ctx, `{ search(query: "mug", currency: "XXX") { totals { content } } }`),
  ).rejects.toThrow("BAD_USER_INPUT");
});
