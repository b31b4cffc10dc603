import type { Entry } from "#modules/import";
import { sharedRecords } from "../demo/demo.ts";
import { catalogueSize, productAt } from "./product.ts";

/**
 * A shop of `count` products, for measuring: streamed, each made when it is asked for, and the same
 * for the same place whatever the count. The locations, categories and tags come first.
 * Throws RangeError beyond {@link catalogueSize}.
 */
export async function* catalogue(count: number): AsyncGenerator<Entry> {
  if (count > catalogueSize) throw new RangeError(`There are words for ${catalogueSize} products.`);
  let line = 1;
  for (const record of sharedRecords()) yield { line: line++, record };
  for (let index = 0; index < count; index += 1) yield { line: line++, record: productAt(index) };
}
