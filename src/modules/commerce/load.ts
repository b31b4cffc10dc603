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

/** The whole product, locked for a change. Throws NOT_FOUND, or CONFLICT for a stale revision. */
export async function lockProduct(
  tx: Transaction,
  id: string,
  revision?: number | null,
): Promise<Product> {
  const product = await lock(tx, Product, id, revision);
  // What this transaction read before it had the lock may be out of date.
  await tx.em.populate(product, wholeProduct, { refresh: true });
  return product;
}

/**
 * The whole variant, its product locked for a change. Every change locks the product before it
 * touches a part, so that no two wait for each other. Throws NOT_FOUND, or CONFLICT for a stale revision.
 */
export async function lockVariant(
  tx: Transaction,
  id: string,
  revision?: number | null,
): Promise<ProductVariant> {
  const { product } = await found(tx.em.findOne(ProductVariant, { id }), id);
  await lock(tx, Product, product.id, revision);
  return found(
    tx.em.findOne(ProductVariant, { id }, { populate: wholeVariant, refresh: true }),
    id,
  );
}

async function found<Entity>(looking: Promise<Entity | null>, id: string): Promise<Entity> {
  const variant = await looking;
  if (!variant) throw new NotFound("variant", id);
  return variant;
}
