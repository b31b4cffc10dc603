import {
  InventoryLevel,
  Price,
  VariantOption,
  VariantTranslation,
  type ProductVariant,
} from "#entities/commerce/product";
import { replace } from "#kernel/aggregates/replace";
import type { Transaction } from "#kernel/database/transaction";
import { chosenFrom } from "./combinations.ts";
import { costColumns } from "./cost.input.ts";
import type { VariantFields } from "./variant.input.ts";

/**
 * Writes what is given of a variant; a list that is given replaces the one there is.
 * Its choices must be of its product's options.
 */
export function writeVariant(
  tx: Transaction,
  variant: ProductVariant,
  { options, translations, prices, cost, inventory, ...fields }: VariantFields,
): void {
  const owner = { variant, tenantId: tx.tenant.id };
  tx.em.assign(variant, { ...fields, ...costColumns(cost) }, { ignoreUndefined: true });
  if (options) {
    replace(
      tx,
      variant.options,
      chosenFrom(variant.product.options.getItems(), options),
      ({ option }) => option,
      (given) => tx.em.create(VariantOption, { ...given, ...owner }),
    );
  }
  if (translations) {
    replace(
      tx,
      variant.translations,
      translations,
      ({ locale }) => locale,
      (given) => tx.em.create(VariantTranslation, { ...given, ...owner }),
    );
  }
  if (prices) {
    replace(
      tx,
      variant.prices,
      prices,
      ({ currency }) => currency,
      (given) => tx.em.create(Price, { ...given, ...owner }),
    );
  }
  if (inventory) {
    replace(
      tx,
      variant.inventory,
      inventory,
      ({ locationId }) => locationId,
      (given) => tx.em.create(InventoryLevel, { ...given, ...owner }),
    );
  }
}
