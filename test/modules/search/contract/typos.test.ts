import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { products, updateProduct } from "#modules/commerce";
import { refreshProducts } from "#modules/index";
import { installation } from "#test/installation";
import { onSale } from "../a-catalogue.ts";
import { onEitherEngine } from "./engines.ts";

let ctx: RequestContext;

const shelf = ["Shirt", "Lamp", "Kettle", "Backpack", "Headphones", "Keyboards", "Tischdecke"];

beforeAll(async () => {
  ctx = await (await installation()).anEditor();
  for (const title of shelf) await onSale(ctx, { title });
});

onEitherEngine((engine) => {
  test.each([
    // one letter of five to eight: another, missing, too many, swapped
    ["shilt", "Shirt"],
    ["shrit", "Shirt"],
    ["shiirt", "Shirt"],
    ["ketle", "Kettle"],
    ["kettlee", "Kettle"],
    ["bakcpack", "Backpack"],
    // two of nine and more
    ["headpones", "Headphones"],
    ["hedphonse", "Headphones"],
    ["ticshdekce", "Tischdecke"],
    // a form of a word, misspelt
    ["keybords", "Keyboards"],
    ["keybord", "Keyboards"],
    // only begun, and misspelt
    ["headpo", "Headphones"],
    ["backpca", "Backpack"],
  ])("%s is taken for %s", async (typed, meant) => {
    expect(await engine.titles(ctx, typed)).toEqual([meant]);
  });

  test.each([
    ["hsirt", "Shirt"],
    ["thirt", "Shirt"],
    ["ettle", "Kettle"],
    ["vackpack", "Backpack"],
    ["ehadphoens", "Headphones"],
    ["teadphonez", "Headphones"],
  ])(
    "%s is taken for %s: PostgreSQL forgives the first letter like any other, to Meilisearch it is two",
    async (typed, meant) => {
      const expected = engine.differs({ postgresql: [meant], meilisearch: [] });
      expect(await engine.titles(ctx, typed)).toEqual(expected);
    },
  );

  test("of nine letters and more the first may be wrong, if nothing else is", async () => {
    expect(await engine.titles(ctx, "teadphones")).toEqual(["Headphones"]);
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
    expect(await engine.titles(ctx, typed)).toEqual([]);
  });

  test("a misspelling that is a word of its own still leads to what was meant, after its own hits", async () => {
    const own = await (await installation()).anEditor();
    await onSale(own, { title: "Kettle" });
    await onSale(own, { title: "Kestle" });
    expect(await engine.titles(own, "kettle")).toEqual(["Kettle", "Kestle"]);
  });

  test("where ten or more are found as typed, PostgreSQL doubts nobody's spelling; Meilisearch always does, last of all", async () => {
    const own = await (await installation()).anEditor();
    await onSale(own, { title: "Short" });
    for (let i = 1; i <= 9; i++) await onSale(own, { title: `Shirt ${i}` });
    expect((await engine.titles(own, "shirt")).indexOf("Short")).toBe(9);
    await onSale(own, { title: "Shirt 10" });
    const place = (await engine.titles(own, "shirt")).indexOf("Short");
    expect(place).toBe(engine.differs({ postgresql: -1, meilisearch: 10 }));
  });

  test("a product renamed is found by the new name, typo included, and no longer by the old one", async () => {
    const own = await (await installation()).anEditor();
    const id = await onSale(own, { title: "Walnut desk" });
    const translations = [{ locale: "en", title: "Maritime desk" }];
    await products.update(own, updateProduct(own.tenant).parse({ id, translations }));
    await refreshProducts(own, [id]);
    expect(await engine.titles(own, "Martiime desk")).toEqual(["Maritime desk"]);
    expect(await engine.titles(own, "Walnut desk")).toEqual([]);
    expect(await engine.titles(own, "Walntu")).toEqual([]);
  });
});
