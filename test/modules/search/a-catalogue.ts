import type { z } from "zod";
import type { RequestContext } from "#kernel/context";
import { createProduct, products } from "#modules/commerce";
import { createNode, nodes } from "#modules/content";
import { refreshCategories, refreshContent, refreshProducts } from "#modules/index";
import {
  type ContentSearch,
  defaultTuning,
  type FoundContent,
  type FoundProducts,
  postgresEngine,
  type ProductSearch,
} from "#modules/search";
import { categories, createCategory, createTag, tags } from "#modules/taxonomy";

type GivenProduct = Partial<z.input<ReturnType<typeof createProduct>>> & {
  title?: string;
  description?: string;
};

let count = 0;

/** A published product in English, found by searches at once. Gives its id. */
export async function onSale(
  ctx: RequestContext,
  { title = "A product", description = "", ...given }: GivenProduct,
): Promise<string> {
  const input = createProduct(ctx.tenant).parse({
    handle: `product-${++count}`,
    status: "published",
    translations: [{ locale: "en", title, description }],
    ...given,
  });
  const { id } = await products.create(ctx, input);
  await refreshProducts(ctx, [id]);
  return id;
}

/** A published post in English, found by searches at once. */
export async function published(
  ctx: RequestContext,
  title: string,
  given: Partial<z.input<ReturnType<typeof createNode>>> = {},
): Promise<string> {
  const input = createNode(ctx.tenant).parse({
    kind: "post",
    status: "published",
    translations: [{ locale: "en", slug: `post-${++count}`, title }],
    ...given,
  });
  const { id } = await nodes.create(ctx, input);
  await refreshContent(ctx, [id]);
  return id;
}

export async function aCategory(
  ctx: RequestContext,
  handle: string,
  given: { parentId?: string; scope?: "product" | "content"; name?: string } = {},
): Promise<string> {
  const { scope = "product", name = `The ${handle}`, ...rest } = given;
  const input = createCategory.parse({
    scope,
    handle,
    translations: [{ locale: "en", name }],
    ...rest,
  });
  const { id } = await categories.create(ctx, input);
  await refreshCategories(ctx, [id]);
  return id;
}

export async function aTag(
  ctx: RequestContext,
  handle: string,
  scope: "product" | "content" = "product",
): Promise<string> {
  return (await tags.create(ctx, createTag.parse({ scope, handle, name: `#${handle}` }))).id;
}

/** A search for products that asks for nothing but what is given. */
export const forProducts = (query: string, wanted: Partial<ProductSearch> = {}): ProductSearch => ({
  query,
  locale: "en",
  currency: "EUR",
  filter: {},
  sort: "relevance",
  first: 50,
  facets: [],
  withTotal: true,
  highlights: [],
  pinned: [],
  hidden: [],
  tuning: defaultTuning,
  ...wanted,
});

/** The same for content. */
export const forContent = (query: string, wanted: Partial<ContentSearch> = {}): ContentSearch => ({
  query,
  locale: "en",
  filter: {},
  sort: "relevance",
  first: 50,
  facets: [],
  withTotal: true,
  highlights: [],
  pinned: [],
  hidden: [],
  tuning: { ...defaultTuning, ranking: ["recency"] },
  ...wanted,
});

export function searchProducts(
  { db, tenant }: RequestContext,
  query: string,
  wanted?: Partial<ProductSearch>,
): Promise<FoundProducts> {
  return postgresEngine(db).searchProducts(tenant, forProducts(query, wanted));
}

export function searchContent(
  { db, tenant }: RequestContext,
  query: string,
  wanted?: Partial<ContentSearch>,
): Promise<FoundContent> {
  return postgresEngine(db).searchContent(tenant, forContent(query, wanted));
}

/** The titles of what a search for products finds, in its order. */
export async function titles(
  ctx: RequestContext,
  query: string,
  wanted?: Partial<ProductSearch>,
): Promise<string[]> {
  const { hits } = await searchProducts(ctx, query, wanted);
  return hits.map(({ card }) => card.title);
}
