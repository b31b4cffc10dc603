import {
  ProductCategory,
  ProductImage,
  ProductOption,
  ProductTag,
  ProductTranslation,
  ProductVariant,
  type Product,
} from "#entities/commerce/product";
import { replace } from "#kernel/aggregates/replace";
import type { Transaction } from "#kernel/database/transaction";
import { sanitizeHtml } from "#kernel/html";
import { newId } from "#kernel/ids";
import type { UpdateProduct } from "./product.input.ts";
import { settle, type Settled } from "./settle.ts";
import { writeVariant } from "./variant.parts.ts";

type Given = Omit<UpdateProduct, "id" | "revision">;

/**
 * Writes what is given of a product; a list that is given replaces the one there is.
 * Throws BAD_USER_INPUT, before it writes anything, when options and variants do not fit together.
 */
export function writeProduct(tx: Transaction, product: Product, given: Given): void {
  const { translations, options, variants, images, categoryIds, tagIds, ...fields } = given;
  const settled = options || variants ? settle(product, { options, variants }) : undefined;
  tx.em.assign(product, fields, { ignoreUndefined: true });
  if (settled) writeVariants(tx, product, settled);
  if (translations) translate(tx, product, translations);
  if (images) writeImages(tx, product, images);
  if (categoryIds) assign(tx, product, categoryIds);
  if (tagIds) tag(tx, product, tagIds);
}

function writeVariants(tx: Transaction, product: Product, settled: Settled): void {
  const owner = { product, tenantId: tx.tenant.id };
  replace(
    tx,
    product.options,
    settled.options,
    ({ id }) => id,
    (given) => tx.em.create(ProductOption, { ...given, ...owner }),
  );
  replace(
    tx,
    product.variants,
    settled.variants.map(({ id, position }) => ({ id, position })),
    ({ id }) => id,
    (given) => tx.em.create(ProductVariant, { ...given, ...owner }),
  );
  const given = new Map(settled.variants.map((each) => [each.id, each]));
  for (const variant of product.variants) {
    const { id: _id, position: _position, ...fields } = given.get(variant.id) ?? {};
    writeVariant(tx, variant, fields);
  }
}

function translate(
  tx: Transaction,
  product: Product,
  translations: NonNullable<Given["translations"]>,
): void {
  replace(
    tx,
    product.translations,
    translations.map((each) => ({ ...each, description: sanitizeHtml(each.description) })),
    ({ locale }) => locale,
    (given) => tx.em.create(ProductTranslation, { ...given, product, tenantId: tx.tenant.id }),
  );
}

/** Nothing refers to an image, so the one at a place takes on what is given for that place. */
function writeImages(
  tx: Transaction,
  product: Product,
  images: NonNullable<Given["images"]>,
): void {
  const owner = { product, tenantId: tx.tenant.id };
  replace(
    tx,
    product.images,
    images.map((image, position) => ({ ...image, position })),
    ({ position }) => position,
    (given) => tx.em.create(ProductImage, { ...given, ...owner, id: newId() }),
  );
}

function assign(tx: Transaction, product: Product, categoryIds: string[]): void {
  replace(
    tx,
    product.categories,
    categoryIds.map((categoryId) => ({ categoryId })),
    ({ categoryId }) => categoryId,
    (given) => tx.em.create(ProductCategory, { ...given, product, tenantId: tx.tenant.id }),
  );
}

function tag(tx: Transaction, product: Product, tagIds: string[]): void {
  replace(
    tx,
    product.tags,
    tagIds.map((tagId) => ({ tagId })),
    ({ tagId }) => tagId,
    (given) => tx.em.create(ProductTag, { ...given, product, tenantId: tx.tenant.id }),
  );
}
