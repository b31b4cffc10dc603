import type { RequestContext } from "#kernel/context";
import type { CategoryDocument } from "#modules/index";
import type { Highlights, ProductCard } from "./engine.ts";
import { engineOf } from "./engines.ts";
import { normalised } from "./query.ts";
import { tuned } from "./tuning/tuned.ts";

/** What is offered to somebody who has typed so far. */
export interface Suggestions {
  /** What was typed with its last word gone on with, most common first. */
  completions: string[];
  products: ProductCard[];
  /** Whose names begin so. */
  categories: CategoryDocument[];
  /** What others have searched for lately that begins so, most often first. */
  popular: string[];
}

export interface Typed {
  query: string;
  locale: string;
  currency: string;
  /** The most of each. */
  first: number;
  /** What is left out stays empty. */
  parts: (keyof Suggestions)[];
  highlights: (keyof Highlights)[];
}

/** All parts are looked for at the same time. Of nothing typed yet, there is only what is popular. */
export async function suggest(ctx: RequestContext, typed: Typed): Promise<Suggestions> {
  const query = normalised(typed.query);
  const look = <Part extends keyof Suggestions>(
    part: Part,
    search: (ctx: RequestContext, typed: Typed, query: string) => Promise<Suggestions[Part]>,
  ): Promise<Suggestions[Part]> | [] =>
    typed.parts.includes(part) && (query !== "" || part === "popular")
      ? search(ctx, typed, query)
      : [];
  const [completions, products, categories, popular] = await Promise.all([
    look("completions", completed),
    look("products", productsFor),
    look("categories", categoriesFor),
    look("popular", popularFor),
  ]);
  return { completions, products, categories, popular };
}

/** A word that is followed by a space is done. */
async function completed(
  { db, tenant }: RequestContext,
  typed: Typed,
  query: string,
): Promise<string[]> {
  const last = /[\p{L}\p{M}\p{N}'’]+$/u.exec(typed.query)?.[0];
  if (!last) return [];
  const { rows } = await db.pool.query<{ word: string }>({
    name: "suggest-words",
    text: "select word from suggest_words($1, $2, $3, $4)",
    values: [tenant.id, typed.locale, last, typed.first + 1],
  });
  const before = query.slice(0, query.length - last.length);
  return rows
    .map(({ word }) => before + word)
    .filter((completion) => completion !== query)
    .slice(0, typed.first);
}

async function productsFor(ctx: RequestContext, typed: Typed): Promise<ProductCard[]> {
  const { query, locale, currency, first, highlights } = typed;
  const { hits } = await engineOf(ctx).searchProducts(ctx.tenant, {
    ...(await tuned(ctx, "products", typed)),
    query,
    locale,
    currency,
    first,
    highlights,
    filter: {},
    sort: "relevance",
    facets: [],
    withTotal: false,
  });
  return hits.map(({ card }) => card);
}

async function categoriesFor(
  { db, tenant }: RequestContext,
  { locale, first }: Typed,
  query: string,
): Promise<CategoryDocument[]> {
  const { rows } = await db.pool.query<{ doc: CategoryDocument }>({
    name: "suggest-categories",
    text: "select doc from suggest_categories($1, $2, $3, $4)",
    values: [tenant.id, locale, query, first],
  });
  return rows.map(({ doc }) => doc);
}

async function popularFor(
  { db, tenant }: RequestContext,
  { locale, first }: Typed,
  query: string,
): Promise<string[]> {
  const { rows } = await db.pool.query<{ query: string }>({
    name: "suggest-queries",
    text: "select query from suggest_queries($1, $2, $3, $4)",
    values: [tenant.id, locale, query, first],
  });
  return rows.map((row) => row.query);
}
