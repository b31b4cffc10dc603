import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { products } from "#modules/commerce";
import { refreshProducts } from "#modules/index";
import { forgetUnusedWords } from "#modules/search";
import { installation } from "#test/installation";
import { onSale } from "../a-catalogue.ts";

let shop: RequestContext;

beforeAll(async () => {
  const { aTenant, anEditor } = await installation();
  const locales = ["en", "de"];
  shop = await anEditor(await aTenant({ locales, defaultLocale: "en" }));
  for (const title of [
    "The wireless headphones",
    "Wireless keyboards",
    "Wire cutter",
    "Wired headset",
    "A kettle of the sea",
    "Coffee",
    "Toffee",
    "Toffee, salted",
  ]) {
    await onSale(shop, { title });
  }
});

async function completions(ctx: RequestContext, beginning: string, count = 5) {
  const { rows } = await ctx.db.pool.query<{ word: string }>(
    "select word from suggest_words($1, 'en', $2, $3)",
    [ctx.tenant.id, beginning, count],
  );
  return rows.map(({ word }) => word);
}

async function correction(ctx: RequestContext, query: string, locale = "en") {
  const { rows } = await ctx.db.pool.query<{ meant: string | null }>(
    "select did_you_mean($1, $2, $3) as meant",
    [ctx.tenant.id, locale, query],
  );
  return rows[0]?.meant;
}

test.each([
  ["wire", ["wire", "wired", "wireless"]],
  ["a fine WIREL", ["wireless"]],
  ["head", ["headphones", "headset"]],
  ["nothing", []],
  ["", []],
  ["% _ ' \\", []],
])("%j goes on as %j", async (beginning, words) => {
  expect(await completions(shop, beginning)).toEqual(words);
});

test("no more are offered than asked for, and none that are too common in the language", async () => {
  expect(await completions(shop, "w", 2)).toEqual(["wire", "wired"]);
  expect(await completions(shop, "t")).toEqual(["toffee"]);
});

test("the words of most documents go first, counted exactly after a rebuild", async () => {
  const { anEditor } = await installation();
  const ctx = await anEditor();
  const ids: string[] = [];
  for (const title of ["Lamb", "Lamp", "Lamp oil", "Lamp shade", "Lamp foot"]) {
    ids.push(await onSale(ctx, { title }));
  }
  expect(await completions(ctx, "lam")).toEqual(["lamb", "lamp"]);
  await forgetUnusedWords(ctx);
  expect(await completions(ctx, "lam")).toEqual(["lamp", "lamb"]);

  for (const id of ids.slice(1)) await products.remove(ctx, { id });
  await refreshProducts(ctx, ids);
  await forgetUnusedWords(ctx);
  expect(await completions(ctx, "lam")).toEqual(["lamb"]);
});

test("a batch that shows a word to be more common than was known says so; a smaller one changes nothing", async () => {
  const { anEditor } = await installation();
  const ctx = await anEditor();
  const ids = [];
  for (const title of ["Lamp", "Lamb", "Lamp two", "Lamp three"]) {
    ids.push(await onSale(ctx, { title }));
  }
  const commonness = () =>
    inTransaction(ctx, (tx) =>
      tx.sql(
        "select word, commonness from index_words where locale = 'en' and word like 'lam%' order by word",
      ),
    );
  await refreshProducts(ctx, ids);
  const counted = [
    { word: "lamb", commonness: 0 },
    { word: "lamp", commonness: 1 },
  ];
  expect(await commonness()).toEqual(counted);
  await refreshProducts(ctx, ids.slice(0, 1));
  expect(await commonness()).toEqual(counted);
});

test.each([
  ["hedphones", "headphones"],
  ["wirelss headphones", "wireless headphones"],
  [`"wirelss" -hedphones`, `"wireless" -headphones`],
  ["Wirelss, HEADPHONES & keybords!", "wireless, HEADPHONES & keyboards!"],
  // too common to be meant for anything else
  ["which ketle", "which kettle"],
  // as likely by its letters, but in more documents
  ["doffee", "toffee"],
])("%j may have been meant for %j", async (query, meant) => {
  await forgetUnusedWords(shop);
  expect(await correction(shop, query)).toBe(meant);
});

test.each([
  ["headphones", "is known"],
  ["keyboard ", "is a form of a word that is known"],
  ["headpho", "begins one, and may be unfinished"],
  ["lmap", "is too short to tell"],
  ["xylophone", "is like nothing there is"],
  ["wirel3ss", "has digits"],
  ["", "is nothing"],
  ["日本語の辞書", "has no spaces to tell words by"],
  ["';--\\ %_", "has no words"],
])("%j is left alone: it %s", async (query) => {
  expect(await correction(shop, query)).toBeNull();
});

test("an unfinished word is not doubted, a finished one that nobody knows is", async () => {
  expect(await correction(shop, "headphone")).toBeNull();
  expect(await correction(shop, "keybo")).toBeNull();
  expect(await correction(shop, "headphnes ")).toBe("headphones ");
});

test("a tenant's words suggest and correct nothing to another", async () => {
  const { anEditor } = await installation();
  const stranger = await anEditor();
  await onSale(stranger, { title: "Zweibelkuchen" });
  expect(await completions(shop, "zwei")).toEqual([]);
  expect(await correction(shop, "zwiebelkuchen")).toBeNull();
  expect(await completions(stranger, "zwei")).toEqual(["zweibelkuchen"]);
  expect(await correction(stranger, "zwiebelkuchen")).toBe("zweibelkuchen");
});
