import { MissingColumns } from "../errors.ts";

/**
 * The columns that are read, each with the names Shopify has given it: those of its exports first,
 * then those of its newer templates. All other columns are passed over.
 */
const columns = [
  ["handle", "Handle", "URL handle"],
  ["title", "Title"],
  ["body", "Body (HTML)", "Description"],
  ["vendor", "Vendor"],
  ["category", "Product Category"],
  ["type", "Type"],
  ["tags", "Tags"],
  ["collection", "Collection"],
  ["published", "Published", "Published on online store"],
  ["status", "Status"],
  ["option1Name", "Option1 Name"],
  ["option1Value", "Option1 Value"],
  ["option2Name", "Option2 Name"],
  ["option2Value", "Option2 Value"],
  ["option3Name", "Option3 Name"],
  ["option3Value", "Option3 Value"],
  ["sku", "Variant SKU", "SKU"],
  ["barcode", "Variant Barcode", "Barcode"],
  ["grams", "Variant Grams", "Weight value (grams)"],
  ["quantity", "Variant Inventory Qty", "Inventory quantity"],
  ["price", "Variant Price", "Price"],
  ["compareAtPrice", "Variant Compare At Price", "Compare-at price"],
  ["image", "Image Src", "Product image URL"],
  ["imagePosition", "Image Position"],
  ["imageAlt", "Image Alt Text"],
  ["variantImage", "Variant Image", "Variant image URL"],
  ["seoTitle", "SEO Title"],
  ["seoDescription", "SEO Description"],
] as const;

export type Column = (typeof columns)[number][0];

const required: ReadonlySet<Column> = new Set(["handle", "title", "price"]);

/** Where each column is, and how many cells a whole row has. */
export interface Header {
  width: number;
  position: ReadonlyMap<Column, number>;
  /** As the file spells it, for messages. */
  name(column: Column): string;
}

/** Reads the first row, whatever the case and order of its names. Throws MissingColumns with all of them. */
export function readHeader(cells: string[]): Header {
  const places = new Map(cells.map((cell, index) => [spelling(cell), index]));
  const position = new Map<Column, number>();
  const missing: string[] = [];
  for (const [column, ...names] of columns) {
    const name = names.map(spelling).find((each) => places.has(each));
    if (name !== undefined) position.set(column, places.get(name) ?? 0);
    else if (required.has(column)) missing.push(names[0]);
  }
  if (missing.length > 0) throw new MissingColumns(missing);
  return {
    width: cells.length,
    position,
    name: (column) => cells[position.get(column) ?? -1]?.trim() ?? column,
  };
}

function spelling(name: string): string {
  return name.trim().toLowerCase();
}
