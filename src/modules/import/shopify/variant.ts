import type { VariantRecord } from "../records.ts";
import type { Shop } from "./shop.ts";
import { accuse, type ShopifyRow } from "./row.ts";

/** A row without any of these only adds a picture. */
export function isVariant({ price, sku, options, faults }: ShopifyRow): boolean {
  return (
    price !== null || sku !== null || options.some(({ value }) => value) || faults.has("price")
  );
}

/** The names in the first row; "Title: Default Title" is Shopify's spelling of no options at all. */
export function optionsOf({ options }: ShopifyRow): string[] {
  const [only] = options;
  if (only?.name === "Title" && only.value === "Default Title") return [];
  return options.flatMap(({ name }) => name ?? []);
}

/** Finds what is wrong with the variants beside one another, and accuses their rows. */
export function inspectVariants(rows: ShopifyRow[], options: string[]): void {
  const combinations = new Map<string, number>();
  const skus = new Map<string, number>();
  for (const row of rows) {
    if (row.price === null) accuse(row, "price", "Variant Price is missing");
    inspectOptions(row, options);
    const combination = JSON.stringify(valuesOf(row, options));
    const twin = combinations.get(combination);
    if (twin) accuse(row, "option1Value", `it is the same variant as in line ${twin}`);
    combinations.set(combination, row.line);
    if (row.sku === null) continue;
    const namesake = skus.get(row.sku);
    if (namesake) accuse(row, "sku", `Variant SKU "${row.sku}" is also in line ${namesake}`);
    skus.set(row.sku, row.line);
  }
}

const columns = ["option1Value", "option2Value", "option3Value"] as const;

function inspectOptions(row: ShopifyRow, options: string[]): void {
  columns.forEach((column, index) => {
    const name = options[index];
    const value = row.options[index]?.value;
    if (name && !value) accuse(row, column, `a value for the option "${name}" is missing`);
    if (!name && value && value !== "Default Title") {
      accuse(row, column, `"${value}" is the value of an option without a name`);
    }
  });
  if (new Set(options).size < options.length) {
    accuse(row, "option1Name", "two of its options have the same name");
  }
}

export function readVariant(row: ShopifyRow, options: string[], shop: Shop): VariantRecord {
  const values = valuesOf(row, options);
  const amount = row.price ?? 0;
  return {
    sku: row.sku,
    barcode: row.barcode,
    weightGrams: row.weightGrams,
    options: options.map((name, index) => ({ name, value: values[index] ?? "" })),
    translations: values.length > 0 ? [{ locale: shop.locale, title: values.join(" / ") }] : [],
    prices: [{ currency: shop.currency, amount, compareAtAmount: higherThan(amount, row) }],
    inventory: row.quantity === null ? [] : [{ location: shop.location, quantity: row.quantity }],
  };
}

function valuesOf(row: ShopifyRow, options: string[]): string[] {
  return options.map((_, index) => row.options[index]?.value ?? "");
}

/** Shopify keeps a former price that is no higher, and shows none. */
function higherThan(amount: number, { compareAtPrice }: ShopifyRow): number | null {
  return compareAtPrice !== null && compareAtPrice > amount ? compareAtPrice : null;
}
