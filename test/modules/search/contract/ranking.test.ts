import { expect, test } from "vitest";
import { installation } from "#test/installation";
import { aTag, onSale, published } from "../a-catalogue.ts";
import { onEitherEngine } from "./engines.ts";

const anEditor = async () => (await installation()).anEditor();

onEitherEngine((engine) => {
  test("words as typed go before what they begin, and that before what they may be a misspelling of", async () => {
    const ctx = await anEditor();
    await onSale(ctx, { title: "Stale bread" });
    await onSale(ctx, { title: "Tabletop" });
    await onSale(ctx, { title: "Tackle" });
    await onSale(ctx, { title: "Tabla" });
    await onSale(ctx, { title: "Table" });
    expect(await engine.titles(ctx, "table")).toEqual(["Table", "Tabletop", "Tabla"]);
    expect(await engine.titles(ctx, "tab")).toEqual(["Table", "Tabla", "Tabletop"]);
  });

  test("the word itself, even deep in a description, goes before a title that only begins with it", async () => {
    const ctx = await anEditor();
    await onSale(ctx, { title: "Tabletop" });
    await onSale(ctx, { title: "Chair", description: "<p>Goes with every table.</p>" });
    expect(await engine.titles(ctx, "table")).toEqual(["Chair", "Tabletop"]);
  });

  test("title before tag and vendor, before description", async () => {
    const ctx = await anEditor();
    await onSale(ctx, { title: "Third", description: "A lamp, a lamp, a lamp and another lamp" });
    await onSale(ctx, { title: "Second", tagIds: [await aTag(ctx, "lamp")] });
    await onSale(ctx, { title: "A lamp first" });
    expect(await engine.titles(ctx, "lamp")).toEqual(["A lamp first", "Second", "Third"]);
  });

  test("of several words, more of them in the title count for more", async () => {
    const ctx = await anEditor();
    await onSale(ctx, { title: "Mug", description: "Blue and large" });
    await onSale(ctx, { title: "Blue mug", description: "Large" });
    await onSale(ctx, { title: "Large blue mug" });
    expect(await engine.titles(ctx, "large blue mug")).toEqual([
      "Large blue mug",
      "Blue mug",
      "Mug",
    ]);
  });

  test("of titles that match alike the shorter goes first, of equal ones the newer", async () => {
    const ctx = await anEditor();
    await onSale(ctx, { title: "Mug", vendor: "Older" });
    await onSale(ctx, { title: "Mug for travels by land and by sea" });
    await onSale(ctx, { title: "Mug", vendor: "Newer" });
    expect(await engine.titles(ctx, "mug")).toEqual([
      "Mug",
      "Mug",
      "Mug for travels by land and by sea",
    ]);
  });

  test("all words must match, wherever they stand", async () => {
    const ctx = await anEditor();
    await onSale(ctx, { title: "Blue mug" });
    await onSale(ctx, { title: "Mug", vendor: "Deep Blue" });
    await onSale(ctx, { title: "Red mug" });
    expect(await engine.titles(ctx, "blue mug")).toEqual(["Blue mug", "Mug"]);
    expect(await engine.titles(ctx, "blue plate")).toEqual([]);
  });

  test("only the last word may be unfinished, and not after a space", async () => {
    const ctx = await anEditor();
    await onSale(ctx, { title: "Copper lantern" });
    expect(await engine.titles(ctx, "copper lan")).toEqual(["Copper lantern"]);
    expect(await engine.titles(ctx, "cop lantern")).toEqual([]);
    expect(await engine.titles(ctx, "copper l")).toEqual(["Copper lantern"]);
    expect(await engine.titles(ctx, "copper lan ")).toEqual([]);
  });

  test("forms of a word find each other on PostgreSQL; on Meilisearch a word finds what begins with it", async () => {
    const ctx = await anEditor();
    await onSale(ctx, { title: "Mugs" });
    await onSale(ctx, { title: "Mug" });
    await onSale(ctx, { title: "Smuggler" });
    const expected = engine.differs({
      postgresql: { "mug ": ["Mug", "Mugs"], mugs: ["Mugs", "Mug"], mug: ["Mug", "Mugs"] },
      meilisearch: { "mug ": ["Mug"], mugs: ["Mugs"], mug: ["Mug", "Mugs"] },
    });
    for (const [query, found] of Object.entries(expected)) {
      expect(await engine.titles(ctx, query)).toEqual(found);
    }
  });

  test("words too common to mean anything need not match, unless nothing else was typed", async () => {
    const ctx = await anEditor();
    await onSale(ctx, { title: "Kettle of copper" });
    await onSale(ctx, { title: "Kettle" });
    await onSale(ctx, { title: "The The", description: "A record" });
    expect(await engine.titles(ctx, "a kettle with the")).toEqual(["Kettle", "Kettle of copper"]);
    expect(await engine.titles(ctx, "the")).toEqual(["The The"]);
  });

  test("what a hyphen joins is found together and apart", async () => {
    const ctx = await anEditor();
    await onSale(ctx, { title: "T-shirt" });
    for (const query of ["t-shirt", "t shirt", "tshirt", "shirt"]) {
      expect(await engine.titles(ctx, query)).toEqual(["T-shirt"]);
    }
  });

  test("SKUs and barcodes are found whole", async () => {
    const ctx = await anEditor();
    await onSale(ctx, {
      title: "Mug",
      variants: [{ sku: "MUG/A-17.b", barcode: "4006381333931" }],
    });
    await onSale(ctx, { title: "Plate", variants: [{ sku: "PLATE/A-17.c" }] });
    expect(await engine.titles(ctx, "MUG/A-17.b")).toEqual(["Mug"]);
  });

  test("content is ranked by the same rules", async () => {
    const ctx = await anEditor();
    await published(ctx, "Letters from Bergen");
    const body = { format: "markdown" as const, source: "The **Bergen** line." };
    await published(ctx, "On ferries", {
      translations: [{ locale: "en", slug: "on-ferries", title: "On ferries", body }],
    });
    await published(ctx, "Bergedorf");
    const { hits } = await engine.searchContent(ctx, "bergen");
    expect(hits.map(({ card }) => card.title)).toEqual([
      "Letters from Bergen",
      "On ferries",
      "Bergedorf",
    ]);
  });
});
