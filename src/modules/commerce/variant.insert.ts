import {
  InventoryLevel,
  Price,
  ProductVariant,
  VariantOption,
  VariantTranslation,
} from "#entities/commerce/product";
import type { Transaction } from "#kernel/database/transaction";
import { costColumns } from "./cost.input.ts";
import type { VariantFields } from "./variant.input.ts";

/** A variant on its way in, with the ids that it and its parts refer to. */
interface NewVariant extends Omit<VariantFields, "options"> {
  id: string;
  product: string;
  position: number;
  options: { option: { id: string }; value: string }[];
}

/** Writes new variants of any number of products with one statement a table. */
export async function insertVariants(tx: Transaction, variants: NewVariant[]): Promise<void> {
  const tenantId = tx.tenant.id;
  const rows = variants.map(({ id, product, position, sku, barcode, weightGrams, cost }) => ({
    ...costColumns(cost ?? null),
    id,
    product,
    tenantId,
    position,
    sku: sku ?? null,
    barcode: barcode ?? null,
    weightGrams: weightGrams ?? null,
  }));
  const partsOf = <Row extends object>(list: (variant: NewVariant) => Row[]) =>
    variants.flatMap((variant) =>
      list(variant).map((row) => ({ ...row, variant: variant.id, tenantId })),
    );
  await tx.em.insertMany(ProductVariant, rows);
  await tx.em.insertMany(VariantOption, partsOf(chosen));
  await tx.em.insertMany(
    VariantTranslation,
    partsOf(({ translations }) => translations ?? []),
  );
  await tx.em.insertMany(
    Price,
    partsOf(({ prices }) => prices ?? []),
  );
  await tx.em.insertMany(
    InventoryLevel,
    partsOf(({ inventory }) => inventory ?? []),
  );
}

const chosen = ({ options }: NewVariant) =>
  options.map(({ option, value }) => ({ option: option.id, value }));
