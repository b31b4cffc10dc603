import { handleOf } from "../handle.ts";
import type { Entry, ImportRecord, LocationRecord, ProductRecord, Source } from "../records.ts";
import { amountIn } from "./cells.ts";
import { readHeader, type Header } from "./columns.ts";
import { readProduct } from "./product.ts";
import type { Shop } from "./shop.ts";
import { accuse, readRow, type ShopifyRow } from "./row.ts";
import { readRows, type Row } from "./rows.ts";
import { categoriesOf, tagsOf } from "./terms.ts";

/** What has to be known of a file before anything of it is written. */
export interface ShopifySurvey {
  /** As many as have a handle, bad ones included. */
  products: number;
  /** Handles whose rows do not follow one another. */
  scattered: ReadonlySet<string>;
}

/**
 * Reads the file once without looking into its cells; memory grows with the handles alone.
 * Throws UnreadableFile, and MissingColumns with all that are missing.
 */
export async function surveyShopify(source: Source): Promise<ShopifySurvey> {
  const seen = new Set<string>();
  const scattered = new Set<string>();
  let current = "";
  for await (const { row, header } of rowsBelowHeader(source())) {
    const handle = handleOf(row.cells[header.position.get("handle") ?? -1] ?? "");
    if (handle && handle !== current && seen.has(handle)) scattered.add(handle);
    if (handle) seen.add(handle);
    current = handle;
  }
  return { products: seen.size, scattered };
}

/**
 * Streams the products of the file, each after the location, the categories and the tags it is the
 * first to name, and a failure for every bad row. A product with a bad row is left out whole.
 */
export async function* readShopify(
  source: Source,
  { scattered }: ShopifySurvey,
  site: Omit<Shop, "location">,
): AsyncGenerator<Entry> {
  const shop = { ...site, location: mainLocation.key };
  const announced = new Set<string>();
  for await (const rows of productRows(source(), shop.currency)) {
    const [first] = rows;
    if (!first) continue;
    if (scattered.has(first.handle)) {
      accuse(first, "handle", "its rows do not follow one another in the file");
    }
    const product = readProduct(rows, shop);
    if (Array.isArray(product)) {
      yield* product;
      continue;
    }
    for (const record of namedBy(product, first, shop)) {
      const name = `${record.type} ${record.key}`;
      if (announced.has(name)) continue;
      announced.add(name);
      yield { line: first.line, record };
    }
    yield { line: first.line, record: product };
  }
}

const mainLocation: LocationRecord = {
  type: "location",
  key: "main",
  handle: "main",
  name: "Main location",
};

function namedBy(product: ProductRecord, first: ShopifyRow, shop: Shop): ImportRecord[] {
  const stocked = product.variants.some(({ inventory }) => inventory.length > 0);
  return [
    ...(stocked ? [mainLocation] : []),
    ...categoriesOf(first, shop).flat(),
    ...tagsOf(first),
  ];
}

/** Consecutive rows of one handle at a time; a row without a handle stands alone. */
async function* productRows(
  chunks: AsyncIterable<Uint8Array>,
  currency: string,
): AsyncGenerator<ShopifyRow[]> {
  const amount = amountIn(currency);
  let rows: ShopifyRow[] = [];
  for await (const { row, header } of rowsBelowHeader(chunks)) {
    const next = readRow(row, header, amount);
    if (rows[0]?.handle && rows[0].handle === next.handle) rows.push(next);
    else {
      yield rows;
      rows = [next];
    }
  }
  yield rows;
}

async function* rowsBelowHeader(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ row: Row; header: Header }> {
  let header: Header | undefined;
  for await (const row of readRows(chunks)) {
    if (header) yield { row, header };
    else header = readHeader(row.cells);
  }
  if (!header) readHeader([]);
}
