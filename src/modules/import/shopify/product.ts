import type { Failure, ProductRecord } from "../records.ts";
import type { Shop } from "./shop.ts";
import { accuse, type ShopifyRow } from "./row.ts";
import { categoriesOf, tagsOf } from "./terms.ts";
import { inspectVariants, isVariant, optionsOf, readVariant } from "./variant.ts";

/**
 * The product that consecutive rows of one handle describe, or what is wrong with it: one bad row
 * keeps the whole product out, since without it a size or a picture would be missing unseen.
 */
export function readProduct(rows: ShopifyRow[], shop: Shop): ProductRecord | Failure[] {
  const [first] = rows;
  if (!first) return [];
  const options = optionsOf(first);
  const variants = rows.filter((row, index) => index === 0 || isVariant(row));
  if (!first.title) accuse(first, "title", "Title is missing");
  inspectVariants(variants, options);
  const bad = rows.filter(({ faults }) => faults.size > 0);
  if (bad.length > 0) return bad.map(failureOf);
  return {
    type: "product",
    key: first.handle,
    handle: first.handle,
    status: first.published && first.status === "active" ? "published" : "draft",
    publishedAt: null,
    vendor: first.vendor,
    productType: first.type,
    translations: [
      {
        locale: shop.locale,
        title: first.title ?? "",
        description: first.body ?? "",
        seoTitle: first.seoTitle,
        seoDescription: first.seoDescription,
      },
    ],
    options,
    variants: variants.map((row) => readVariant(row, options, shop)),
    images: imagesOf(rows),
    categories: [
      ...new Set(categoriesOf(first, shop).flatMap((branch) => branch.at(-1)?.key ?? [])),
    ],
    tags: tagsOf(first).map(({ key }) => key),
  };
}

function failureOf({ line, handle, faults }: ShopifyRow): Failure {
  const what = handle ? `The product "${handle}" is left out: ` : "";
  return { line, reason: what + [...faults.values()].join("; ") };
}

const LAST = Number.MAX_SAFE_INTEGER;

/** In the order of their positions; those of variants, when not among them, at the end. */
function imagesOf(rows: ShopifyRow[]): ProductRecord["images"] {
  const pictures = rows
    .flatMap(({ image, imagePosition, imageAlt }) =>
      image ? [{ url: image, alt: imageAlt, position: imagePosition ?? LAST }] : [],
    )
    .toSorted((one, other) => one.position - other.position)
    .map(({ url, alt }) => ({ url, alt }));
  const ofVariants = rows.flatMap(({ variantImage }) =>
    variantImage ? [{ url: variantImage, alt: null }] : [],
  );
  const byUrl = new Map<string, ProductRecord["images"][number]>();
  for (const image of [...pictures, ...ofVariants]) {
    if (!byUrl.has(image.url)) byUrl.set(image.url, image);
  }
  return [...byUrl.values()];
}
