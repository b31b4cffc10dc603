import { expect, test } from "vitest";
import { installation } from "#test/installation";
import { aTag, onSale, published, searchContent, titles } from "./a-catalogue.ts";

const anEditor = async () => (await installation()).anEditor();

test("words as typed go before what they begin, and that before what they may be a misspelling of", async () => {
  const ctx = await anEditor();
  await onSale(ctx, { title: "Stale bread" });
  await onSale(ctx, { title: "Tabletop" });
  await onSale(ctx, { title: "Cable" });
  await onSale(ctx, { title: "Table" });
  expect(await titles(ctx, "table")).toEqual(["Table", "Tabletop", "Cable"]);
  expect(await titles(ctx, "tabl")).toEqual(["Table", "Tabletop"]);
});

test("the word itself, even deep in a description, goes before a title that only begins with it", async () => {
  const ctx = await anEditor();
  await onSale(ctx, { title: "Tabletop" });
  await onSale(ctx, { title: "Chair", description: "<p>Goes with every table.</p>" });
  expect(await titles(ctx, "table")).toEqual(["Chair", "Tabletop"]);
});

test("title before tag and vendor, before description", async () => {
  const ctx = await anEditor();
  await onSale(ctx, { title: "Third", description: "A lamp, a lamp, a lamp and another lamp" });
  await onSale(ctx, { title: "Second", tagIds: [await aTag(ctx, "lamp")] });
  await onSale(ctx, { title: "A lamp first" });
  expect(await titles(ctx, "lamp")).toEqual(["A lamp first", "Second", "Third"]);
});

test("of several words, more of them in the title count for more", async () => {
  const ctx = await anEditor();
  await onSale(ctx, { title: "Mug", description: "Blue and large" });
  await onSale(ctx, { title: "Blue mug", description: "Large" });
  await onSale(ctx, { title: "Large blue mug" });
  expect(await titles(ctx, "large blue mug")).toEqual(["Large blue mug", "Blue mug", "Mug"]);
});

test("of titles that match alike the shorter goes first, of equal ones the newer", async () => {
  const ctx = await anEditor();
  await onSale(ctx, { title: "Mug", vendor: "Older" });
  await onSale(ctx, { title: "Mug for travels by land and by sea" });
  await onSale(ctx, { title: "Mug", vendor: "Newer" });
  expect(await titles(ctx, "mug")).toEqual(["Mug", "Mug", "Mug for travels by land and by sea"]);
});

test("all words must match, wherever they stand", async () => {
  const ctx = await anEditor();
  await onSale(ctx, { title: "Blue mug" });
  await onSale(ctx, { title: "Mug", vendor: "Deep Blue" });
  await onSale(ctx, { title: "Red mug" });
  expect(await titles(ctx, "blue mug")).toEqual(["Blue mug", "Mug"]);
  expect(await titles(ctx, "blue plate")).toEqual([]);
});

test("only the last word may be unfinished, and not after a space", async () => {
  const ctx = await anEditor();
  await onSale(ctx, { title: "Copper lantern" });
  expect(await titles(ctx, "copper lan")).toEqual(["Copper lantern"]);
  expect(await titles(ctx, "cop lantern")).toEqual([]);
  expect(await titles(ctx, "copper l")).toEqual(["Copper lantern"]);
  expect(await titles(ctx, "copper lan ")).toEqual([]);
});

test("forms of a word find each other", async () => {
  const ctx = await anEditor();
  await onSale(ctx, { title: "Mugs" });
  await onSale(ctx, { title: "Mug" });
  await onSale(ctx, { title: "Smuggler" });
  expect(await titles(ctx, "mug ")).toEqual(["Mug", "Mugs"]);
  expect(await titles(ctx, "mugs")).toEqual(["Mugs", "Mug"]);
});

test("words too common to mean anything need not match, unless nothing else was typed", async () => {
  const ctx = await anEditor();
  await onSale(ctx, { title: "Kettle of copper" });
  await onSale(ctx, { title: "Kettle" });
  await onSale(ctx, { title: "The The", description: "A record" });
  expect(await titles(ctx, "a kettle with the")).toEqual(["Kettle", "Kettle of copper"]);
  expect(await titles(ctx, "the")).toEqual(["The The"]);
});

test("what a hyphen joins is found together and apart", async () => {
  const ctx = await anEditor();
  await onSale(ctx, { title: "T-shirt" });
  for (const query of ["t-shirt", "t shirt", "tshirt", "shirt"]) {
    expect(await titles(ctx, query)).toEqual(["T-shirt"]);
  }
});

test("SKUs and barcodes are found whole", async () => {
  const ctx = await anEditor();
  await onSale(ctx, { title: "Mug", variants: [{ sku: "MUG/A-17.b", barcode: "4006381333931" }] });
  await onSale(ctx, { title: "Plate", variants: [{ sku: "PLATE/A-17.c" }] });
  expect(await titles(ctx, "MUG/A-17.b")).toEqual(["Mug"]);
});

test("content is ranked by the same rules", async () => {
  const ctx = await anEditor();
  await published(ctx, "Letters from Bergen");
  const body = { format: "markdown" as const, source: "The **Bergen** line." };
  await published(ctx, "On ferries", {
    translations: [{ locale: "en", slug: "on-ferries", title: "On ferries", body }],
  });
  await published(ctx, "Bergedorf");
  const { hits } = await searchContent(ctx, "bergen");
  expect(hits.map(({ card }) => card.title)).toEqual([
    "Letters from Bergen",
    "On ferries",
    "Bergedorf",
  ]);
});
