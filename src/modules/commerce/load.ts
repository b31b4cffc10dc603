import { Product, ProductVariant } from "#entities/commerce/product";
import { lock } from "#kernel/aggregates/aggregate";
import type { Transaction } from "#kernel/database/transaction";
import { NotFound } from "#kernel/errors";
import type { Key } from "#kernel/graphql/key.input";
import type { UpdateProduct } from "./product.input.ts";

const variants = [
  "variants.translations",
  "variants.options.option",
  "variants.prices",
  "variants.inventory",
] as const;

/** All that a product's view shows, to populate. */
export const wholeProduct = [
  "translations",
  "options",
  "images",
  "categories",
  "tags",
  ...variants,
] as const;

export type ProductPart = (typeof wholeProduct)[number] | "variants";

/** What has to be loaded before it can be replaced by what is given. */
export function partsToReplace(given: Omit<UpdateProduct, "id">): ProductPart[] {
  return [
    ...(given.translations ? (["translations"] as const) : []),
    ...(given.options || given.variants ? (["options", ...variants] as const) : []),
    ...(given.images ? (["images"] as const) : []),
    ...(given.categoryIds ? (["categories"] as const) : []),
    ...(given.tagIds ? (["tags"] as const) : []),
  ];
}

const wholeVariant = ["translations", "options.option", "prices", "inventory"] as const;

/**
 * The product with these of its parts, locked for a change. Nothing of a product is read for a change
 * before its lock, or it might be out of date. Throws NOT_FOUND, or CONFLICT for a stale revision.
 */
export async function lockProduct(
  tx: Transaction,
  { id, revision }: Key,
  parts: readonly ProductPart[],
): Promise<Product> {
  const product = await lock(tx, Product, id, revision);
  await tx.em.populate(product, parts);
  return product;
}

/** The whole variant, its product locked for a change. Throws NOT_FOUND, or CONFLICT for a stale revision. */
export async function lockVariant(
  tx: Transaction,
  id: string,
  revision?: number | null,
): Promise<ProductVariant> {
  const [owner] = await tx.sql<{ id: string }>(
    "select product_id as id from product_variants where id = $1",
    [id],
  );
  if (!owner) throw new NotFound("variant", id);
  await lock(tx, Product, owner.id, revision);
  const variant = await tx.em.findOne(ProductVariant, { id }, { populate: wholeVariant });
  if (!variant) throw new NotFound("variant", id);
  return variant;
}
