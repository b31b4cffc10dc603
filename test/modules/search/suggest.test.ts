import { expect, test, vi } from "vitest";
import type { RequestContext } from "#kernel/context";
import { recorderOf } from "#modules/search";
import { installation, log } from "#test/installation";
import { aCategory, onSale } from "./a-catalogue.ts";
import { edit, visit } from "./an-editor.ts";

const { anEditor, db, owner } = await installation();

interface Suggestions {
  completions: string[];
  products: { title: string; priceRange: { min: number } | null }[];
  categories: { handle: string; name: string; scope: string; breadcrumb: { name: string }[] }[];
  popular: string[];
}

const everything = `
  completions products { title priceRange { min } }
  categories { handle name scope breadcrumb { name } } popular`;

const suggest = async (
  ctx: RequestContext,
  query: string,
  { locale = "en", first = 5, fields = everything } = {},
) => {
  const asked = `query ($query: String!, $locale: String, $first: Int) {
    found: suggest(query: $query, locale: $locale, first: $first) { ${fields} }
  }`;
  return (await visit<{ found: Suggestions }>(ctx, asked, { query, locale, first })).found;
};

async function aShop() {
  const ctx = await anEditor();
  const teaware = await aCategory(ctx, "teaware", { name: "Teaware" });
  await aCategory(ctx, "teapots", { name: "Teapots", parentId: teaware });
  await aCategory(ctx, "tea-stories", { name: "Tea stories", scope: "content" });
  await aCategory(ctx, "cups", { name: "Cups" });
  await onSale(ctx, {
    title: "Enamel teapot",
    variants: [{ prices: [{ currency: "EUR", amount: 2_900 }] }],
  });
  await onSale(ctx, { title: "Teapot cosy" });
  await onSale(ctx, { title: "Tealight" });
  await onSale(ctx, { title: "Mug" });
  return ctx;
}

/** Has a visitor search so often. */
async function searched(ctx: RequestContext, query: string, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    await visit(ctx, `query ($query: String!) { searchProducts(query: $query) { totalCount } }`, {
      query,
    });
  }
  await recorderOf({ db, log }).flush();
}

test("somebody who types is offered words, products, categories, and what others searched for", async () => {
  const ctx = await aShop();
  await searched(ctx, "teapot", 3);
  await searched(ctx, "tealight", 5);
  await searched(ctx, "teacher", 9);
  await searched(ctx, "mug", 9);
  const found = await suggest(ctx, "Tea");
  expect(found.completions).toEqual(["tealight", "teapot"]);
  expect(found.products.map(({ title }) => title).toSorted()).toEqual([
    "Enamel teapot",
    "Tealight",
    "Teapot cosy",
  ]);
  expect(found.categories).toEqual([
    {
      handle: "tea-stories",
      name: "Tea stories",
      scope: "content",
      breadcrumb: [{ name: "Tea stories" }],
    },
    {
      handle: "teapots",
      name: "Teapots",
      scope: "product",
      breadcrumb: [{ name: "Teaware" }, { name: "Teapots" }],
    },
    {
      handle: "teaware",
      name: "Teaware",
      scope: "product",
      breadcrumb: [{ name: "Teaware" }],
    },
  ]);
  // What found nothing is no advice.
  expect(found.popular).toEqual(["tealight", "teapot"]);
  expect(await suggest(await anEditor(), "Tea")).toEqual({
    completions: [],
    products: [],
    categories: [],
    popular: [],
  });
});

test("the last word is gone on with, and one that is finished is not", async () => {
  const ctx = await aShop();
  const completions = async (query: string, first = 5) =>
    (await suggest(ctx, query, { first, fields: "completions" })).completions;
  expect(await completions("enamel  Tea")).toEqual(["enamel tealight", "enamel teapot"]);
  expect(await completions("tea", 1)).toEqual(["tealight"]);
  expect(await completions("teapot")).toEqual([]);
  expect(await completions("tea ")).toEqual([]);
  expect(await completions("(tea")).toEqual(["(tealight", "(teapot"]);
});

test("category names are found in any case and without their accents, in the locale that is shown", async () => {
  const ctx = await anEditor();
  await aCategory(ctx, "kitchen", { name: "Küche & Co" });
  await aCategory(ctx, "hundred", { name: "100% wool" });
  const handles = async (query: string, locale = "en") =>
    (await suggest(ctx, query, { locale, fields: "categories { handle }" })).categories.map(
      ({ handle }) => handle,
    );
  for (const typed of ["küche", "KUCHE", "Kü", " küche  & "]) {
    expect(await handles(typed), typed).toEqual(["kitchen"]);
  }
  expect(await handles("kü", "de")).toEqual(["kitchen"]);
  expect(await handles("%")).toEqual([]);
  expect(await handles("100%")).toEqual(["hundred"]);
  expect(await handles("uche")).toEqual([]);
});

test("a read model that is still being built suggests no categories", async () => {
  const ctx = await anEditor();
  await aCategory(ctx, "cups", { name: "Cups" });
  const { rows: columns } = await owner.query<{ names: string }>(
    `select string_agg(quote_ident(column_name), ', ') as names from information_schema.columns
     where table_name = 'index_categories' and is_generated = 'NEVER' and column_name not in ('generation', 'name')`,
  );
  const names = columns[0]?.names ?? "";
  await owner.query(
    `insert into index_categories (${names}, name, generation)
     select ${names}, 'Cupboards', 2 from index_categories where tenant_id = $1`,
    [ctx.tenant.id],
  );
  const { categories } = await suggest(ctx, "cup", { fields: "categories { name }" });
  expect(categories).toEqual([{ name: "Cups" }]);
});

test("editors' rules hold for suggested products as they do for the search", async () => {
  const ctx = await aShop();
  const hidden = await onSale(ctx, { title: "Teaspoon" });
  const pinned = await onSale(ctx, { title: "Kettle" });
  await edit(
    ctx,
    "mutation ($input: CreateSearchRuleInput!) { createSearchRule(input: $input) { id } }",
    {
      input: { kind: "PRODUCTS", query: "teas", pinned: [pinned], hidden: [hidden] },
    },
  );
  const { products } = await suggest(ctx, "Teas", { fields: "products { title }" });
  expect(products).toEqual([{ title: "Kettle" }]);
});

test("old queries are not popular any more, nor those of another locale", async () => {
  const ctx = await anEditor();
  for (const [ago, locale, query] of [
    [0, "en", "today"],
    [30, "en", "towel"],
    [31, "en", "toaster"],
    [0, "de", "topf"],
  ]) {
    await owner.query(
      `insert into search_popular values ($1, $3, $4, 1, (now() at time zone 'utc')::date - $2::int)`,
      [ctx.tenant.id, ago, locale, query],
    );
  }
  const popular = async (query: string, locale?: string) =>
    (await suggest(ctx, query, { ...(locale && { locale }), fields: "popular" })).popular;
  expect(await popular("to")).toEqual(["today", "towel"]);
  expect(await popular("to", "de")).toEqual(["topf"]);
  expect(await popular("")).toEqual(["today", "towel"]);
});

test("only what is asked for is looked for, and of nothing typed only what is popular", async () => {
  const ctx = await aShop();
  const spy = vi.spyOn(db.pool, "query");
  const parts = () =>
    spy.mock.calls
      .map(([query]) => (query as unknown as { name: string }).name)
      .filter((name) => /^suggest-|^search_products/.test(name));
  await suggest(ctx, "tea", { fields: "popular" });
  expect(parts()).toEqual(["suggest-queries"]);
  spy.mockClear();
  await suggest(ctx, "tea", { fields: "... on Suggestions { categories { name } completions }" });
  expect(parts()).toEqual(["suggest-words", "suggest-categories"]);
  spy.mockClear();
  await suggest(ctx, "  ");
  expect(parts()).toEqual(["suggest-queries"]);
  spy.mockRestore();
});

test("faults are told at once", async () => {
  const ctx = await anEditor();
  await expect(suggest(ctx, "x".repeat(501), { first: 21 })).rejects.toThrow(
    /"path":\["query"\].*"path":\["first"\]/,
  );
});
