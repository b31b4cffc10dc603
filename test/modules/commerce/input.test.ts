import { describe, expect, test } from "vitest";
import { newId } from "#kernel/ids";
import {
  adjustInventory,
  createProduct,
  createStockLocation,
  createVariant,
  setInventory,
  setPrices,
  updateProduct,
} from "#modules/commerce";
import { installation } from "#test/installation";
import { aShirt, aVariant, type GivenProduct } from "./a-shirt.ts";

const { aTenant } = await installation();
const tenant = await aTenant();

/** Each fault of a product: where it is, and what it says. */
function faultsOf(overrides: Partial<GivenProduct>): [string, string][] {
  const { error } = createProduct(tenant).safeParse(aShirt(overrides));
  return (error?.issues ?? []).map(({ path, message }) => [path.join("."), message]);
}

test("a shirt as an editor gives it is fine", () => {
  expect(faultsOf({})).toEqual([]);
});

test("every fault of a product is told at once, with its place", () => {
  const faults = faultsOf({
    handle: "Not a handle",
    vendor: " ",
    translations: [
      { locale: "en", title: "" },
      { locale: "fr", title: "Chemise" },
      { locale: "EN", title: "Again" },
    ],
    options: [{ name: "Size" }, { name: "Size" }],
    images: [{ url: "javascript:alert(1)" }],
    categoryIds: ["one"],
    variants: [
      {
        sku: "",
        weightGrams: -1,
        options: [{ name: "Size", value: "S" }],
        prices: [
          { currency: "EUR", amount: 10, compareAtAmount: 10 },
          { currency: "XYZ", amount: -1 },
          { currency: "JPY", amount: 0.5 },
        ],
        inventory: [{ locationId: newId(), quantity: 2 ** 31 }],
      },
    ],
  });
  expect(Object.fromEntries(faults)).toEqual({
    handle: "must be lower-case letters and digits with single hyphens between",
    vendor: "must not be empty",
    "translations.0.title": "must not be empty",
    "translations.1.locale": "must be one of the tenant's locales: en, de",
    "translations.2": 'repeats the locale "en"',
    "options.1": 'repeats the option "Size"',
    "images.0.url": "must be an http(s) URL, an absolute path or a data:image/svg+xml URL",
    "categoryIds.0": "must be a UUID or a ULID",
    "variants.0.sku": "must not be empty",
    "variants.0.weightGrams": expect.stringContaining(">=0"),
    "variants.0.prices.0.compareAtAmount": "must be more than the amount",
    "variants.0.prices.1.currency": "must be an ISO 4217 currency code, such as EUR",
    "variants.0.prices.1.amount": expect.stringContaining(">=0"),
    "variants.0.prices.2.currency": "must be one of the tenant's currencies: EUR, USD",
    "variants.0.prices.2.amount": expect.stringContaining("int"),
    "variants.0.inventory.0.quantity": expect.stringContaining("2147483647"),
  });
});

describe("a product's variants", () => {
  const choice = (...values: string[]) => ({
    options: values.map((value, index) => ({
      name: ["Size", "Colour", "Fit"][index] ?? "",
      value,
    })),
  });

  test("have one value for each option, and no two have the same", () => {
    const variants = [
      choice("S", "White"),
      choice("S"),
      choice("S", "White", "Slim"),
      { options: [...choice("M", "White").options, { name: "Size", value: "L" }] },
      { options: choice("S", "White").options.toReversed() },
    ];
    expect(faultsOf({ variants })).toEqual([
      ["variants.1.options", 'has no value for the option "Colour"'],
      ["variants.2.options", 'names "Fit", which is no option of the product'],
      ["variants.3.options", 'has two values for the option "Size"'],
      ["variants.4.options", "repeats the combination of another variant"],
    ]);
  });

  test("are judged beside a fault elsewhere, unless they cannot be read", () => {
    const variants = [choice("S")];
    const places = (overrides: Partial<GivenProduct>) =>
      faultsOf({ variants, ...overrides }).map(([place]) => place);
    expect(places({ tagIds: ["one"] })).toEqual(["tagIds.0", "variants.0.options"]);
    expect(places({ translations: [{ locale: "!", title: "" }] })).toEqual([
      "translations.0.locale",
      "translations.0.title",
      "variants.0.options",
    ]);
    expect(places({ variants: [{ ...choice("S"), weightGrams: 0.5 }] })).toEqual([
      "variants.0.weightGrams",
    ]);
  });

  test("are one at most where there is no option", () => {
    expect(faultsOf({ options: [], variants: [{ sku: "a" }] })).toEqual([]);
    expect(faultsOf({ options: [], variants: [{ sku: "a" }, { sku: "b" }] })).toEqual([
      ["variants.1.options", "repeats the combination of another variant"],
    ]);
  });

  test("are not confused by values that read like one another's", () => {
    const variants = [choice("S,White", "X"), choice("S", "White,X")];
    expect(faultsOf({ variants })).toEqual([]);
  });
});

test("lists are bounded", () => {
  const many = <Each>(count: number, each: (index: number) => Each) =>
    Array.from({ length: count }, (_, index) => each(index));
  const options = many(6, (index) => ({ name: `Option ${index}` }));
  const places = (overrides: Partial<GivenProduct>) => faultsOf(overrides).map(([place]) => place);

  expect(places({ options, variants: [] })).toEqual(["options"]);
  expect(places({ options: options.slice(1), variants: [] })).toEqual([]);
  const sized = (index: number) => ({ options: [{ name: "Size", value: String(index) }] });
  expect(places({ options: [{ name: "Size" }], variants: many(251, sized) })).toEqual(["variants"]);
  expect(places({ images: many(251, () => ({ url: "/1.jpg" })) })).toEqual(["images"]);
  expect(places({ categoryIds: many(101, newId) })).toEqual(["categoryIds"]);
  expect(places({ tagIds: many(251, newId) })).toEqual(["tagIds"]);
  expect(places({ translations: [] })).toEqual(["translations"]);
});

test("texts hold no NUL and are not endless", () => {
  const titled = (title: string, description = "") =>
    faultsOf({ translations: [{ locale: "en", title, description }] }).map(([place]) => place);
  expect(titled("Shi\0rt", "\0")).toEqual(["translations.0.title", "translations.0.description"]);
  expect(titled("x".repeat(256), "x".repeat(100_001))).toEqual([
    "translations.0.title",
    "translations.0.description",
  ]);
});

describe("an image", () => {
  const faults = (url: string) => faultsOf({ images: [{ url }] }).length;

  test.each([
    "https://example.com/a.jpg?w=100#x",
    "http://localhost:3000/a.jpg",
    "/media/a.jpg",
    "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'/%3E",
    "data:image/svg+xml;base64,PHN2Zy8+",
  ])("may be at %s", (url) => {
    expect(faults(url)).toBe(0);
  });

  test.each([
    "",
    "a.jpg",
    "//example.com/a.jpg",
    "/\\example.com/a.jpg",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/png;base64,AAAA",
    "ftp://example.com/a.jpg",
    "https://",
    "https://exa mple.com/a.jpg",
    `/${"x".repeat(40_000)}`,
  ])("may not be at %j", (url) => {
    expect(faults(url)).toBe(1);
  });
});

test("a tenant's own currencies and locales are what counts", async () => {
  const other = await aTenant({
    currencies: ["JPY"],
    defaultCurrency: "JPY",
    locales: ["ja"],
    defaultLocale: "ja",
  });
  const given = { variantId: newId(), prices: [{ currency: "JPY", amount: 100 }] };
  expect(setPrices(other).safeParse(given).success).toBe(true);
  expect(setPrices(tenant).safeParse(given).success).toBe(false);
  expect(createProduct(other).safeParse(aShirt()).success).toBe(false);
});

test("locales are known in any spelling, and ids in both", () => {
  const ulid = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
  const { translations, tagIds } = createProduct(tenant).parse(
    aShirt({ translations: [{ locale: "DE", title: " Hemd " }], tagIds: [ulid] }),
  );
  expect(translations).toMatchObject([{ locale: "de", title: "Hemd" }]);
  expect(tagIds).toEqual(["01563e3a-b5d3-d676-4c61-efb99302bd5b"]);
});

test("what an update leaves out stays left out", () => {
  const id = newId();
  expect(updateProduct(tenant).parse({ id })).toEqual({ id });
  expect(createVariant(tenant).parse({ productId: id, sku: null })).toEqual({
    productId: id,
    sku: null,
  });
});

test("stock is counted in whole pieces, and an adjustment adjusts", () => {
  const [variantId, locationId] = [newId(), newId()];
  const set = (quantity: number) =>
    setInventory.safeParse({ variantId, locationId, quantity }).success;
  const adjust = (delta: number) =>
    adjustInventory.safeParse({ variantId, locationId, delta }).success;
  expect([set(0), set(-3), set(1.5), set(2 ** 31)]).toEqual([true, true, false, false]);
  expect([adjust(1), adjust(-1), adjust(0), adjust(0.5)]).toEqual([true, true, false, false]);
  expect(createStockLocation.safeParse({ handle: "A b", name: " " }).error?.issues).toHaveLength(2);
});

test("a variant names no currency and no location twice", () => {
  const locationId = newId();
  const { error } = createVariant(tenant).safeParse({
    ...aVariant("S", {
      prices: [
        { currency: "EUR", amount: 1 },
        { currency: "EUR", amount: 2 },
      ],
      inventory: [
        { locationId, quantity: 1 },
        { locationId, quantity: 2 },
      ],
    }),
    productId: newId(),
  });
  expect(error?.issues.map(({ path, message }) => [path.join("."), message])).toEqual([
    ["prices.1", 'repeats the currency "EUR"'],
    ["inventory.1", `repeats the location "${locationId}"`],
  ]);
});
