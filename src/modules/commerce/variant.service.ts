import { isDeepStrictEqual } from "node:util";
import { Product, ProductVariant } from "#entities/commerce/product";
import { lock } from "#kernel/aggregates/aggregate";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { BadUserInput } from "#kernel/errors";
import type { Key } from "#kernel/graphql/key.input";
import { newId } from "#kernel/ids";
import { announceParts } from "./announce-parts.ts";
import { misfits, type Choice } from "./combinations.ts";
import { VariantCreated, VariantDeleted, VariantUpdated } from "./events.ts";
import { limits } from "./fields.ts";
import { lockVariant } from "./load.ts";
import { choicesOf } from "./settle.ts";
import { variantChanged } from "./variant-changed.ts";
import type { CreateVariant, UpdateVariant } from "./variant.input.ts";
import { writeVariant } from "./variant.parts.ts";
import { viewVariant } from "./variant.view.ts";

/**
 * Adds a variant after the others. Throws NOT_FOUND, CONFLICT for a stale revision or a taken SKU,
 * BAD_USER_INPUT for a combination that is incomplete or taken, or an unknown stock location.
 */
export function create(
  ctx: RequestContext,
  { productId, revision, ...given }: CreateVariant,
): Promise<ProductVariant> {
  return inTransaction(ctx, async (tx) => {
    const product = await lock(tx, Product, productId, revision);
    const others = await variantsOf(tx, product);
    if (others.length >= limits.variants) {
      throw BadUserInput.at([], `a product has at most ${limits.variants} variants`);
    }
    refuseMisfit(product, others, given.options ?? []);
    const variant = tx.em.create(ProductVariant, {
      id: newId(),
      product,
      tenantId: tx.tenant.id,
      position: Math.max(-1, ...others.map(({ position }) => position)) + 1,
    });
    writeVariant(tx, variant, given);
    variantChanged(tx, variant, VariantCreated);
    return variant;
  });
}

/**
 * Changes what is given; a list that is given replaces the one there is. Nothing happens when all is
 * so already. Throws as {@link create} does.
 */
export function update(
  ctx: RequestContext,
  { id, revision, ...given }: UpdateVariant,
): Promise<ProductVariant> {
  return inTransaction(ctx, async (tx) => {
    const variant = await lockVariant(tx, id, revision);
    if (given.options) {
      const all = await variantsOf(tx, variant.product);
      const others = all.filter((other) => other !== variant);
      refuseMisfit(variant.product, others, given.options);
    }
    const before = viewVariant(variant);
    writeVariant(tx, variant, given);
    const after = viewVariant(variant);
    if (!isDeepStrictEqual(after, before)) {
      variantChanged(tx, variant, VariantUpdated);
      announceParts(tx, variant.product, [before], [after]);
    }
    return variant;
  });
}

/** Removes it with its prices and stock. Throws NOT_FOUND, or CONFLICT for a stale revision. */
export function remove(ctx: RequestContext, { id, revision }: Key): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const variant = await lockVariant(tx, id, revision);
    variantChanged(tx, variant, VariantDeleted);
    tx.em.remove(variant);
  });
}

async function variantsOf(tx: Transaction, product: Product): Promise<ProductVariant[]> {
  await tx.em.populate(product, ["options", "variants.options"]);
  return product.variants.getItems();
}

function refuseMisfit(product: Product, others: ProductVariant[], choices: Choice[]): void {
  const options = product.options.getItems();
  const variants = [...others.map((other) => choicesOf(other, options)), choices];
  const issues = misfits({ options, variants: variants.map((chosen) => ({ options: chosen })) });
  if (issues.length > 0) {
    throw new BadUserInput(issues.map(({ message }) => ({ path: ["options"], message })));
  }
}
