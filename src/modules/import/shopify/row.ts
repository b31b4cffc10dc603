import type { z } from "zod";
import { handleOf } from "../handle.ts";
import * as kinds from "./cells.ts";
import type { Column, Header } from "./columns.ts";
import type { Row } from "./rows.ts";

/** What one row says, a blank cell being null, and what is wrong with it by column. */
export type ShopifyRow = ReturnType<typeof readRow>;

/** `amount` reads the prices. */
export function readRow(row: Row, header: Header, amount: z.ZodType<number>) {
  const faults: Faults = new Map();
  const cell = <T>(column: Column, kind: z.ZodType<T>): T | null => {
    const text = row.cells[header.position.get(column) ?? -1]?.trim();
    if (!text) return null;
    const read = kind.safeParse(text);
    if (read.success) return read.data;
    faults.set(
      column,
      `${header.name(column)} "${shorten(text)}" ${read.error.issues[0]?.message}`,
    );
    return null;
  };
  const { anything } = kinds;

  const handle = handleOf(cell("handle", anything) ?? "");
  if (!handle) faults.set("handle", `${header.name("handle")} is missing`);
  const read = {
    line: row.line,
    handle,
    title: cell("title", anything),
    body: cell("body", anything),
    vendor: cell("vendor", anything),
    type: cell("type", anything),
    category: cell("category", kinds.path),
    collection: cell("collection", kinds.name),
    tags: cell("tags", kinds.list) ?? [],
    published: cell("published", kinds.flag) ?? true,
    status: cell("status", kinds.status) ?? "active",
    seoTitle: cell("seoTitle", anything),
    seoDescription: cell("seoDescription", anything),
    options: [
      { name: cell("option1Name", anything), value: cell("option1Value", anything) },
      { name: cell("option2Name", anything), value: cell("option2Value", anything) },
      { name: cell("option3Name", anything), value: cell("option3Value", anything) },
    ],
    sku: cell("sku", anything),
    barcode: cell("barcode", kinds.barcode),
    weightGrams: cell("grams", kinds.grams),
    quantity: cell("quantity", kinds.wholeNumber),
    price: cell("price", amount),
    compareAtPrice: cell("compareAtPrice", amount),
    image: cell("image", kinds.url),
    imagePosition: cell("imagePosition", kinds.wholeNumber),
    imageAlt: cell("imageAlt", anything),
    variantImage: cell("variantImage", kinds.url),
  };
  const fault = faultOfShape(row, header);
  return { ...read, faults: fault ? new Map([["row" as const, fault]]) : faults };
}

type Faults = Map<Column | "row", string>;

/** Adds a fault that only shows beside other rows; what the cell itself is accused of goes first. */
export function accuse(row: ShopifyRow, column: Column, fault: string): void {
  if (!row.faults.has(column) && !row.faults.has("row")) row.faults.set(column, fault);
}

/** A row of another width is cut off or shifted: what its cells seem to say is not worth a word. */
function faultOfShape({ cells }: Row, { width }: Header): string | undefined {
  if (cells.length < width || cells.slice(width).some((cell) => cell.trim())) {
    return `the row has ${cells.length} cells where the header has ${width}`;
  }
  return cells.some((cell) => cell.includes("\0")) ? "the row holds a NUL character" : undefined;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
