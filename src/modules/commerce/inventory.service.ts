import { InventoryLevel, type ProductVariant } from "#entities/commerce/product";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { InventoryUpdated } from "./events.ts";
import type { AdjustInventory, SetInventory } from "./inventory.input.ts";
import { lockVariant } from "./load.ts";
import { variantChanged } from "./variant-changed.ts";

/**
 * Sets what is on hand at a location. Nothing happens when it is so already.
 * Throws NOT_FOUND, CONFLICT for a stale revision, BAD_USER_INPUT for an unknown location.
 */
export function set(
  ctx: RequestContext,
  { variantId, locationId, quantity, revision }: SetInventory,
): Promise<ProductVariant> {
  return inTransaction(ctx, async (tx) => {
    const variant = await lockVariant(tx, variantId, revision);
    stock(tx, variant, locationId, () => quantity);
    return variant;
  });
}

/**
 * Adds `delta` to what is on hand at a location, which may go below zero. Adjustments made at the
 * same time take turns at the product's lock, so that all of them count.
 * Throws NOT_FOUND, or BAD_USER_INPUT for an unknown location.
 */
export function adjust(
  ctx: RequestContext,
  { variantId, locationId, delta }: AdjustInventory,
): Promise<ProductVariant> {
  return inTransaction(ctx, async (tx) => {
    const variant = await lockVariant(tx, variantId);
    stock(tx, variant, locationId, (onHand) => onHand + delta);
    return variant;
  });
}

function stock(
  tx: Transaction,
  variant: ProductVariant,
  locationId: string,
  quantityFrom: (onHand: number) => number,
): void {
  const level = variant.inventory.getItems().find((each) => each.locationId === locationId);
  const quantity = quantityFrom(level?.quantity ?? 0);
  if (level?.quantity === quantity) return;
  if (level) level.quantity = quantity;
  else {
    const { tenant } = tx;
    tx.em.create(InventoryLevel, { variant, locationId, tenantId: tenant.id, quantity });
  }
  variantChanged(tx, variant, InventoryUpdated);
}
