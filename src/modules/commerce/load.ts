import { Product, ProductVariant } from "#entities/commerce/product";
import { lock } from "#kernel/aggregate";
import { NotFound } from "#kernel/errors";
import type { Transaction } from "#kernel/transaction";

/** All that a product's view shows, to populate. */
export const wholeProduct = [
  "translations",
  "options",
  "images",
  "categories",
  "tags",
  "variants.translations",
  "variants.options.option",
  "variants.prices",
  "variants.inventory",
] as const;

const wholeVariant = ["translations", "options.option", "prices", "inventory"] as const;

/**
 * The whole product, locked for a change. Nothing of a product is read for a change before its lock,
 * or it might be out of date. Throws NOT_FOUND, or CONFLICT for a stale revision.
 */
export async function lockProduct(
  tx: Transaction,
  id: string,
  revision?: number | null,
): Promise<Product> {
  const product = await lock(tx, Product, id, revision);
  await tx.em.populate(product, wholeProduct);
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
