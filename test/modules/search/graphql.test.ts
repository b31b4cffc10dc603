import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { installation } from "#test/installation";
import { server } from "#test/server";
import { aCategory, onSale, published } from "./a-catalogue.ts";

const client = await server();
let ctx: RequestContext;

beforeAll(async () => {
  ctx = await (await installation()).anEditor();
  const categoryIds = [await aCategory(ctx, "cups", { name: "Cups" })];
  const option = (value: string) => [{ name: "Size", value }];
  await onSale(ctx, {
    handle: "mug",
    title: "Mug",
    description: "<p>A <b>mug</b> of clay</p>",
    vendor: "Kiln",
    categoryIds,
    options: [{ name: "Size" }],
    variants: [
      { options: option("L"), prices: [{ currency: "EUR", amount: 1_900 }] },
      { options: option("S"), prices: [{ currency: "EUR", amount: 900 }] },
    ],
    images: [{ url: "https://images.example/mug.jpg", alt: "A mug" }],
  });
  await onSale(ctx, { handle: "mug-2", title: "Another mug", categoryIds });
  await published(ctx, "How to throw a mug");
});

const visit = <Data = Record<string, unknown>>(
  query: string,
  variables?: Record<string, unknown>,
) => client.graphql<Data>(ctx.tenant, query, variables);

test("searchProducts answers a page, its total, facets and highlights", async () => {
  const { data, errors } = await visit(`{
    searchProducts(query: "mugs", first: 1, filter: { category: { eq: "cups" }, vendor: { in: ["Kiln"] } }) {
      totalCount
      edges { node {
        handle title vendor productType inStock locale sourceRevision
        image { url alt } priceRange { currency min max }
        highlights { title description }
      } }
      pageInfo { hasNextPage hasPreviousPage }
      facets {
        categories { value label count }
        options { name values { value label count } }
        priceRange { min max }
      }
    }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    searchProducts: {
      totalCount: 1,
      edges: [
        {
          node: {
            handle: "mug",
            title: "Mug",
            vendor: "Kiln",
            productType: null,
            inStock: false,
            locale: "en",
            sourceRevision: 1,
            image: { url: "https://images.example/mug.jpg", alt: "A mug" },
            priceRange: { currency: "EUR", min: 900, max: 1_900 },
            highlights: { title: "<mark>Mug</mark>", description: "A <mark>mug</mark> of clay" },
          },
        },
      ],
      pageInfo: { hasNextPage: false, hasPreviousPage: false },
      facets: {
        categories: [{ value: "cups", label: "Cups", count: 1 }],
        options: [
          {
            name: "Size",
            values: [
              { value: "L", label: "L", count: 1 },
              { value: "S", label: "S", count: 1 },
            ],
          },
        ],
        priceRange: { min: 900, max: 900 },
      },
    },
  });
});

test("what fragments ask for is counted and highlighted as well", async () => {
  const { data } = await visit(`
    query { searchProducts(query: "another") { ...Page } }
    fragment Page on ProductHitConnection {
      ... on ProductHitConnection { totalCount facets { ...Counts } }
      edges { node { ...Hit } }
    }
    fragment Counts on ProductFacets { vendors { value } categories { count } }
    fragment Hit on ProductHit { highlights { title } }`);
  expect(data).toEqual({
    searchProducts: {
      totalCount: 1,
      facets: { vendors: [], categories: [{ count: 1 }] },
      edges: [{ node: { highlights: { title: "<mark>Another</mark> mug" } } }],
    },
  });
});

test("a page's end cursor leads to the next page", async () => {
  const page = `query ($after: String) {
    searchProducts(query: "mug", first: 1, after: $after) {
      edges { node { handle } } pageInfo { hasNextPage hasPreviousPage endCursor }
    }
  }`;
  type Page = {
    searchProducts: {
      edges: { node: { handle: string } }[];
      pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string };
    };
  };
  const first = (await visit<Page>(page)).data.searchProducts;
  expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  const { endCursor: after } = first.pageInfo;
  const second = (await visit<Page>(page, { after })).data.searchProducts;
  expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  expect([first, second].map(({ edges }) => edges.map(({ node }) => node.handle))).toEqual([
    ["mug"],
    ["mug-2"],
  ]);
});

test("searchContent answers nodes of any kind", async () => {
  const { data, errors } = await visit(`{
    searchContent(query: "thrwo a mug", locale: "en-GB", sort: RELEVANCE) {
      totalCount
      edges { node { kind slug title excerpt author { name } highlights { title } publishedAt } }
      facets { kinds { value count } }
    }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    searchContent: {
      totalCount: 1,
      edges: [
        {
          node: {
            kind: "post",
            slug: expect.stringMatching(/^post-/),
            title: "How to throw a mug",
            excerpt: null,
            author: null,
            highlights: { title: "How to <mark>throw</mark> a <mark>mug</mark>" },
            publishedAt: expect.stringMatching(/^20\d\d-/),
          },
        },
      ],
      facets: { kinds: [{ value: "post", count: 1 }] },
    },
  });
});

test("everything wrong with what is asked is said at once, with its place", async () => {
  const { errors } = await visit(
    `query ($query: String!, $tag: String!) {
      searchProducts(query: $query, first: 0, filter: {
        tag: { in: [$tag] }, options: [{ name: "Size", in: [] }], price: { gte: -1 }
      }) { totalCount }
    }`,
    { query: "x".repeat(501), tag: "a\0b" },
  );
  expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  const issues = errors?.[0]?.extensions.issues as { path: unknown[] }[];
  expect(issues.map(({ path }) => path.join("."))).toEqual([
    "query",
    "first",
    "filter.tag.in.0",
    "filter.options.0.in",
    "filter.price.gte",
  ]);
});

test.each([
  ['currency: "XXX"', "currency"],
  ['after: "nonsense"', "after"],
])("%s is BAD_USER_INPUT", async (argument, path) => {
  const { data, errors } = await visit(`{ searchProducts(${argument}) { totalCount } }`);
  expect(data).toBeNull();
  expect(errors).toMatchObject([
    { extensions: { code: "BAD_USER_INPUT", issues: [{ path: [path] }] } },
  ]);
});
