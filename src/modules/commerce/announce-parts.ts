import { isDeepStrictEqual } from "node:util";
import type { Transaction } from "#kernel/database/transaction";
import { record } from "#kernel/events/event";
import { InventoryUpdated, PriceUpdated } from "./events.ts";
import type { VariantView } from "./variant.view.ts";

/**
 * Prices and stock have events of their own, whichever way they were changed: announces those of the
 * variants that were there before and came out different. Call it once the revision has been raised.
 */
export function announceParts(
  tx: Transaction,
  product: { id: string; revision: number },
  before: VariantView[],
  after: VariantView[],
): void {
  const { id: productId, revision } = product;
  const earlier = new Map(before.map((variant) => [variant.id, variant]));
  for (const variant of after) {
    const was = earlier.get(variant.id);
    if (!was) continue;
    const payload = { variantId: variant.id, productId, revision };
    if (!isDeepStrictEqual(variant.prices, was.prices)) record(tx, PriceUpdated, product, payload);
    if (!isDeepStrictEqual(variant.inventory, was.inventory)) {
      record(tx, InventoryUpdated, product, payload);
    }
  }
}
