import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { products, updateProduct } from "#modules/commerce";
import { refreshProducts } from "#modules/index";
import { installation } from "#test/installation";
import { onSale, titles } from "./a-catalogue.ts";

let ctx: RequestContext;

const shelf = ["Shirt", "Lamp", "Kettle", "Backpack", "Headphones", "Keyboards", "Tischdecke"];

beforeAll(async () => {
  ctx = await (await installation()).anEditor();
  for (const title of shelf) await onSale(ctx, { title });
});

test.each([
  // one letter of five to eight: another, missing, too many, swapped; the first letter no less
  ["shilt", "Shirt"],
  ["shrit", "Shirt"],
  ["hsirt", "Shirt"],
  ["thirt", "Shirt"],
  ["shiirt", "Shirt"],
  ["ketle", "Kettle"],
  ["ettle", "Kettle"],
  ["kettlee", "Kettle"],
  ["bakcpack", "Backpack"],
  ["vackpack", "Backpack"],
  // two of nine and more
  ["headpones", "Headphones"],
  ["hedphonse", "Headphones"],
  ["ehadphoens", "Headphones"],
  ["teadphonez", "Headphones"],
  ["ticshdekce", "Tischdecke"],
  // a form of a word, misspelt
  ["keybords", "Keyboards"],
  ["keybord", "Keyboards"],
  // only begun, and misspelt
  ["headpo", "Headphones"],
  ["backpca", "Backpack"],
])("%s is taken for %s", async (typed, meant) => {
  expect(await titles(ctx, typed)).toEqual([meant]);
});

test.each([
  ["lmap", "four letters must be right"],
  ["lamb", "and so must the last of four"],
  ["shrot", "two typos in five letters"],
  ["ketlte pot", "every word must be found"],
  ["bckpck", "two letters of eight"],
  ["headfonez", "three typos in nine letters"],
  ["xeadphonxsx", "three typos in eleven letters"],
])("%s finds nothing: %s", async (typed) => {
  expect(await titles(ctx, typed)).toEqual([]);
});

test("a misspelling that is a word of its own still leads to what was meant, after its own hits", async () => {
  const own = await (await installation()).anEditor();
  await onSale(own, { title: "Coffee" });
  await onSale(own, { title: "Toffee" });
  expect(await titles(own, "coffee")).toEqual(["Coffee", "Toffee"]);
});

test("where ten or more are found as typed, nobody's spelling is doubted", async () => {
  const own = await (await installation()).anEditor();
  await onSale(own, { title: "Skirt" });
  for (let i = 1; i <= 9; i++) await onSale(own, { title: `Shirt ${i}` });
  expect(await titles(own, "shirt")).toHaveLength(10);
  await onSale(own, { title: "Shirt 10" });
  expect(await titles(own, "shirt")).toHaveLength(10);
  expect(await titles(own, "shirt")).not.toContain("Skirt");
});

test("a product renamed is found by the new name, typo included, and no longer by the old one", async () => {
  const own = await (await installation()).anEditor();
  const id = await onSale(own, { title: "Walnut desk" });
  const translations = [{ locale: "en", title: "Maritime desk" }];
  await products.update(own, updateProduct(own.tenant).parse({ id, translations }));
  await refreshProducts(own, [id]);
  expect(await titles(own, "Martiime desk")).toEqual(["Maritime desk"]);
  expect(await titles(own, "Walnut desk")).toEqual([]);
  expect(await titles(own, "Walntu")).toEqual([]);
});
