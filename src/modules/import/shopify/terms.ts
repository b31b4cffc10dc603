import { handleOf } from "../handle.ts";
import type { CategoryRecord, TagRecord } from "../records.ts";
import type { Shop } from "./shop.ts";
import type { ShopifyRow } from "./row.ts";

/** The categories the product is in, each with all above it: from the top to its own. */
export function categoriesOf(row: ShopifyRow, { locale }: Shop): CategoryRecord[][] {
  return [row.category, row.collection].flatMap((path) => (path ? [branchOf(path, locale)] : []));
}

/** "Home > Lighting" gives the category "home" and below it "home-lighting". */
function branchOf(path: string[], locale: string): CategoryRecord[] {
  const handles = path.map((_, depth) => handleOf(path.slice(0, depth + 1).join(" ")));
  return path.map((name, depth) => ({
    type: "category",
    key: `product/${handles[depth]}`,
    scope: "product",
    handle: handles[depth] ?? "",
    parent: depth === 0 ? null : `product/${handles[depth - 1]}`,
    position: 0,
    translations: [{ locale, name, description: null }],
  }));
}

/** Spelled differently, it is still one tag. */
export function tagsOf({ tags }: ShopifyRow): TagRecord[] {
  const byHandle = new Map(tags.map((name) => [handleOf(name), name]));
  return [...byHandle].map(([handle, name]) => ({
    type: "tag",
    key: `product/${handle}`,
    scope: "product",
    handle,
    name,
  }));
}
