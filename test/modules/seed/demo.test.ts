import { describe, expect, test } from "vitest";
import type { ImportRecord } from "#modules/import";
import { catalogue, demoRecords, demoShop } from "#modules/seed";

const records = [...demoRecords()];
const products = records.filter((record) => record.type === "product");
const articles = records.filter((record) => record.type === "node");

/** Keys that a record names, as "type key". */
function namedBy(record: ImportRecord): string[] {
  if (record.type === "category") return record.parent ? [`category ${record.parent}`] : [];
  if (record.type !== "product" && record.type !== "node") return [];
  return [
    ...record.categories.map((key) => `category ${key}`),
    ...record.tags.map((key) => `tag ${key}`),
    ...(record.type === "node" && record.author ? [`author ${record.author}`] : []),
    ...(record.type === "product"
      ? record.variants.flatMap(({ inventory }) =>
          inventory.map(({ location }) => `location ${location}`),
        )
      : []),
  ];
}

function expectWritable(all: ImportRecord[]): void {
  const written = new Set<string>();
  for (const record of all) {
    const name = `${record.type} ${record.key}`;
    expect(
      namedBy(record).filter((each) => !written.has(each)),
      name,
    ).toEqual([]);
    expect(written.has(name), name).toBe(false);
    written.add(name);
  }
}

function repeated(values: (string | null)[]): (string | null)[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

describe("the demo shop", () => {
  test("has 60 products and 20 articles, each record after those it names", () => {
    expect([products.length, articles.length]).toEqual([60, 20]);
    expectWritable(records);
  });

  test("is the same, to the letter, every time", () => {
    expect([...demoRecords()]).toEqual(records);
  });

  test("is written in both languages throughout", () => {
    for (const record of [...products, ...articles]) {
      const [english, german] = record.translations;
      expect(record.translations.map(({ locale }) => locale)).toEqual(demoShop.locales);
      expect(german?.title).not.toBe(english?.title);
    }
  });

  test("has every variant priced in both currencies, once in each SKU and barcode", () => {
    const variants = products.flatMap((product) => product.variants);
    expect(repeated(variants.map(({ sku }) => sku))).toEqual([]);
    expect(repeated(variants.map(({ barcode }) => barcode))).toEqual([]);
    for (const { prices, inventory } of variants) {
      expect(prices.map(({ currency }) => currency)).toEqual(demoShop.currencies);
      expect(inventory).toHaveLength(2);
      for (const { amount, compareAtAmount } of prices) {
        expect(compareAtAmount ?? Infinity).toBeGreaterThan(amount);
      }
    }
  });

  test("has barcodes that a scanner takes", () => {
    for (const { barcode } of products.flatMap((product) => product.variants)) {
      const weighted = Array.from(barcode ?? "", (digit, at) => Number(digit) * (at % 2 ? 3 : 1));
      expect(weighted).toHaveLength(13);
      expect(weighted.reduce((sum, each) => sum + each, 0) % 10).toBe(0);
    }
  });

  test("has handles, slugs and pictures of its own", () => {
    expect(repeated(products.map(({ handle }) => handle))).toEqual([]);
    expect(
      repeated(
        articles
          .flatMap(({ translations }) => translations)
          .map(({ locale, slug }) => `${locale}/${slug}`),
      ),
    ).toEqual([]);
    for (const { images } of products) {
      for (const { url, alt } of images) {
        expect(url).toMatch(/^data:image\/svg\+xml,%3Csvg [^<>#"]+%3E$/);
        expect(url.length).toBeLessThan(800);
        expect(alt).toBeTruthy();
      }
    }
  });

  test("shows drafts, discounts and what is sold out", () => {
    const variants = products.flatMap((product) => product.variants);
    expect(products.filter(({ status }) => status === "draft").map(({ key }) => key)).toEqual([
      "first-frost-winter-blend",
      "weekender-felt-and-leather",
    ]);
    expect(
      products.filter(({ variants: [first] }) => first?.prices[0]?.compareAtAmount),
    ).toHaveLength(9);
    expect(
      variants.some(({ inventory }) => inventory.every(({ quantity }) => quantity === 0)),
    ).toBe(true);
  });
});

describe("a catalogue for measuring", () => {
  async function take(count: number): Promise<ImportRecord[]> {
    const taken: ImportRecord[] = [];
    for await (const entry of catalogue(count)) if ("record" in entry) taken.push(entry.record);
    return taken;
  }

  test("has as many different products as are asked for, each record after those it names", async () => {
    const all = await take(5_000);
    const made = all.filter((record) => record.type === "product");
    expect(made).toHaveLength(5_000);
    expect(new Set(made.map(({ handle }) => handle)).size).toBe(5_000);
    expect(new Set(made.flatMap(({ variants }) => variants.map(({ sku }) => sku))).size).toBe(
      made.flatMap(({ variants }) => variants).length,
    );
    expectWritable(all);
  });

  test("has the same product at the same place, whatever its size", async () => {
    const [small, large] = [await take(100), await take(200)];
    expect(large.slice(0, small.length)).toEqual(small);
    const products = small.filter((record) => record.type === "product").slice(0, 3);
    expect(products.map(({ translations: [, german] }) => german?.title)).toEqual([
      "Handfilter Alby aus Steinzeug",
      "Nistkasten Alvik aus Birke",
      "Tarp Arnsted aus recyceltem Nylon",
    ]);
  });

  test("ends where its words do", async () => {
    await expect(take(1_000_000)).rejects.toThrow(RangeError);
  });
});
