import type { ProductVariant } from "#entities/commerce/product";
import { change } from "#kernel/aggregates/aggregate";
import type { Transaction } from "#kernel/database/transaction";
import { record } from "#kernel/events/event";
import type { VariantUpdated } from "./events.ts";

/** A change of a variant is one of its product: raises the product's revision and puts the event on record. */
export function variantChanged(
  tx: Transaction,
  { id: variantId, product }: ProductVariant,
  event: typeof VariantUpdated,
): void {
  change(tx, product);
  const { id: productId, revision } = product;
  record(tx, event, product, { variantId, productId, revision });
}
