import { isDeepStrictEqual } from "node:util";
import type { ProductVariant } from "#entities/commerce/product";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { PriceUpdated } from "./events.ts";
import { lockVariant } from "./load.ts";
import type { SetPrices } from "./price.input.ts";
import { variantChanged } from "./variant-changed.ts";
import { writeVariant } from "./variant.parts.ts";
import { viewVariant } from "./variant.view.ts";

/**
 * Replaces the prices of a variant. Nothing happens when they are so already.
 * Throws NOT_FOUND, or CONFLICT for a stale revision.
 */
export function set(
  ctx: RequestContext,
  { variantId, revision, prices }: SetPrices,
): Promise<ProductVariant> {
  return inTransaction(ctx, async (tx) => {
    const variant = await lockVariant(tx, variantId, revision);
    const before = viewVariant(variant);
    writeVariant(tx, variant, { prices });
    if (!isDeepStrictEqual(viewVariant(variant), before)) variantChanged(tx, variant, PriceUpdated);
    return variant;
  });
}
