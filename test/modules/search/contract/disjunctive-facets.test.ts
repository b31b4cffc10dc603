import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import type { ProductSearch } from "#modules/search";
import { installation } from "#test/installation";
import { aTag, onSale, published } from "../a-catalogue.ts";
import { onEitherEngine } from "./engines.ts";

let shop: RequestContext;

beforeAll(async () => {
  shop = await (await installation()).anEditor();
  const summer = await aTag(shop, "summer");
  const winter = await aTag(shop, "winter");
  const shirt = (vendor: string, Size: string, Colour: string, amount: number, tagIds: string[]) =>
    onSale(shop, {
      title: `${Colour} shirt`,
      vendor,
      tagIds,
      options: [{ name: "Size" }, { name: "Colour" }],
      variants: [
        {
          options: [
            { name: "Size", value: Size },
            { name: "Colour", value: Colour },
          ],
          prices: [{ currency: "EUR", amount }],
        },
      ],
    });
  await shirt("Loom", "M", "Red", 1_000, [summer]);
  await shirt("Loom", "L", "Red", 2_000, [summer, winter]);
  await shirt("Loom", "L", "Blue", 3_000, [winter]);
  await shirt("Weft", "M", "Blue", 4_000, [winter]);
  await onSale(shop, { title: "Gift card", vendor: "Bank" });
});

onEitherEngine((engine) => {
  const counts = async (facet: "vendors" | "options" | "tags", filter: ProductSearch["filter"]) => {
    const { facets } = await engine.searchProducts(shop, "shirt", { facets: [facet], filter });
    return Object.fromEntries((facets[facet] ?? []).map(({ value, count }) => [value, count]));
  };

  test("a facet is counted as if nothing of it were chosen", async () => {
    expect(await counts("vendors", { vendors: ["Weft"] })).toEqual({ Loom: 3, Weft: 1 });
    expect(await counts("vendors", { vendors: [] })).toEqual({ Loom: 3, Weft: 1 });
    expect(await counts("tags", { tags: { any: ["summer"] } })).toEqual({ winter: 3, summer: 2 });
  });

  test("but as everything else has it", async () => {
    const filter = { vendors: ["Weft"], tags: { any: ["summer"] } };
    expect(await counts("vendors", filter)).toEqual({ Loom: 2 });
    expect(await counts("tags", filter)).toEqual({ winter: 1 });
    expect(await counts("vendors", { price: { lte: 2_500 } })).toEqual({ Loom: 2 });
  });

  test("what must be there all together narrows its own facet, too", async () => {
    expect(await counts("tags", { tags: { all: ["summer"] } })).toEqual({ summer: 2, winter: 1 });
    expect(await counts("tags", { tags: { all: ["summer"], any: ["none"] } })).toEqual({
      summer: 2,
      winter: 1,
    });
  });

  test("the options are a facet for each name", async () => {
    const size = { name: "Size", values: ["M"] };
    expect(await counts("options", { options: [size] })).toEqual({
      "Size=L": 2,
      "Size=M": 2,
      "Colour=Red": 1,
      "Colour=Blue": 1,
    });
    const colour = { name: "Colour", values: ["Red"] };
    expect(await counts("options", { options: [size, colour] })).toEqual({
      "Size=L": 1,
      "Size=M": 1,
      "Colour=Red": 1,
      "Colour=Blue": 1,
    });
  });

  test("hits, totals and prices are what the filters leave", async () => {
    const found = await engine.searchProducts(shop, "shirt", {
      facets: ["vendors", "tags", "options", "prices"],
      filter: {
        vendors: ["Loom"],
        tags: { any: ["winter"] },
        options: [{ name: "Colour", values: ["Blue", "Red"] }],
      },
      sort: "price_asc",
    });
    expect(found.hits.map(({ card }) => card.title)).toEqual(["Red shirt", "Blue shirt"]);
    expect(found.totalCount).toBe(2);
    expect(found.priceRange).toEqual({ currency: "EUR", min: 2_000, max: 3_000 });
    expect(found.facets.vendors).toEqual([
      { value: "Loom", label: "Loom", count: 2 },
      { value: "Weft", label: "Weft", count: 1 },
    ]);
  });

  test("kinds and authors of content are counted alike", async () => {
    const site = await (await installation()).anEditor();
    await published(site, "Shirts");
    await published(site, "About shirts", { kind: "page" });
    const { facets, totalCount } = await engine.searchContent(site, "shirts", {
      facets: ["kinds", "authors"],
      filter: { kinds: ["page"] },
    });
    expect(totalCount).toBe(1);
    expect(facets).toEqual({
      kinds: [
        { value: "page", label: "page", count: 1 },
        { value: "post", label: "post", count: 1 },
      ],
    });
  });
});
