import { z } from "zod";
import { defineEvent } from "#kernel/events/event";
import { Id } from "#kernel/ids";

const ofProduct = {
  version: 1,
  payload: z.object({ productId: Id, revision: z.int().positive() }),
};
export const ProductCreated = defineEvent("product.created", ofProduct);
export const ProductUpdated = defineEvent("product.updated", ofProduct);
export const ProductPublished = defineEvent("product.published", ofProduct);
export const ProductUnpublished = defineEvent("product.unpublished", ofProduct);
export const ProductDeleted = defineEvent("product.deleted", ofProduct);
/** Units were sold or came back. */
export const SalesRecorded = defineEvent("sales.recorded", ofProduct);

/** The revision is the product's: a variant changes as a part of it. */
const ofVariant = {
  version: 1,
  payload: z.object({ variantId: Id, productId: Id, revision: z.int().positive() }),
};
export const VariantCreated = defineEvent("variant.created", ofVariant);
export const VariantUpdated = defineEvent("variant.updated", ofVariant);
export const VariantDeleted = defineEvent("variant.deleted", ofVariant);
export const PriceUpdated = defineEvent("price.updated", ofVariant);
export const InventoryUpdated = defineEvent("inventory.updated", ofVariant);
