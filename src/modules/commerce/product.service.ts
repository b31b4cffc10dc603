import { isDeepStrictEqual } from "node:util";
import { Product } from "#entities/commerce/product";
import { bury, change, lock } from "#kernel/aggregates/aggregate";
import { takeDue } from "#kernel/aggregates/timed-publication";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { BadUserInput } from "#kernel/errors";
import { record } from "#kernel/events/event";
import type { Key } from "#kernel/graphql/key.input";
import { announceParts } from "./announce-parts.ts";
import { misfits } from "./combinations.ts";
import {
  ProductCreated,
  ProductDeleted,
  ProductPublished,
  ProductUnpublished,
  ProductUpdated,
} from "./events.ts";
import { lockProduct, partsToReplace, type ProductPart, wholeProduct } from "./load.ts";
import { insertProducts } from "./product.insert.ts";
import type { CreateProduct, UpdateProduct } from "./product.input.ts";
import { writeProduct } from "./product.parts.ts";
import { viewProduct } from "./product.view.ts";

/** Writes one whole product, and returns it with these parts. Throws as {@link createAll} does. */
export function create(
  ctx: RequestContext,
  input: CreateProduct,
  parts: readonly ProductPart[] = wholeProduct,
): Promise<Product> {
  return inTransaction(ctx, async (tx) => {
    const ids = await createAll(tx, [input]);
    return tx.em.findOneOrFail(Product, { id: { $in: ids } }, { populate: parts });
  });
}

/**
 * Writes whole products, some hundreds at a time, and returns their ids in order. All are written or
 * none. Throws CONFLICT for a taken handle or SKU; BAD_USER_INPUT for options and variants that do
 * not fit together, or an unknown category, tag or stock location.
 */
export function createAll(ctx: RequestContext, inputs: CreateProduct[]): Promise<string[]> {
  return inTransaction(ctx, async (tx) => {
    const issues = inputs.flatMap(misfits);
    if (issues.length > 0) throw new BadUserInput(issues);
    const ids = await insertProducts(tx, inputs);
    for (const [index, id] of ids.entries()) {
      const product = { id, revision: 1 };
      announce(tx, product, ProductCreated);
      if (inputs[index]?.status === "published") announce(tx, product, ProductPublished);
    }
    return ids;
  });
}

/**
 * Changes what is given; a list that is given replaces the one there is. Nothing happens when all is
 * so already. Returns the product with these parts. Throws NOT_FOUND, CONFLICT for a stale revision, a taken handle or SKU, BAD_USER_INPUT
 * when options and variants do not fit together or for an unknown category, tag or stock location.
 */
export function update(
  ctx: RequestContext,
  { id, revision, ...given }: UpdateProduct,
  parts: readonly ProductPart[] = wholeProduct,
): Promise<Product> {
  return inTransaction(ctx, async (tx) => {
    const all = [...new Set([...parts, ...partsToReplace(given)])];
    const product = await lockProduct(tx, { id, revision }, all);
    const before = viewProduct(product);
    writeProduct(tx, product, given);
    const after = viewProduct(product);
    if (isDeepStrictEqual(after, before)) return product;
    change(tx, product);
    announce(tx, product, ProductUpdated);
    announceParts(tx, product, before.variants, after.variants);
    return product;
  });
}

/** Makes it public, if it is not. Throws NOT_FOUND, or CONFLICT for a stale revision. */
export function publish(
  ctx: RequestContext,
  key: Key,
  parts: readonly ProductPart[] = wholeProduct,
): Promise<Product> {
  return inTransaction(ctx, async (tx) => {
    const product = await lockProduct(tx, key, parts);
    if (product.publish(tx.now)) {
      change(tx, product);
      announce(tx, product, ProductPublished);
    }
    return product;
  });
}

/** Hides it from the public, if it is not hidden. Throws NOT_FOUND, or CONFLICT for a stale revision. */
export function unpublish(
  ctx: RequestContext,
  key: Key,
  parts: readonly ProductPart[] = wholeProduct,
): Promise<Product> {
  return inTransaction(ctx, async (tx) => {
    const product = await lockProduct(tx, key, parts);
    if (product.unpublish()) {
      change(tx, product);
      announce(tx, product, ProductUnpublished);
    }
    return product;
  });
}

/**
 * Does what was planned for a time that has come by `now`, and strikes it off the plan in the same
 * transaction: done again, there is nothing to do. Throws NOT_FOUND.
 */
export function settleDue(ctx: RequestContext, id: string, now: Date): Promise<Product> {
  return inTransaction(ctx, async (tx) => {
    const product = await lockProduct(tx, { id }, []);
    const due = takeDue(product, now);
    if (!due) return product;
    const event = due.what === "publish" ? ProductPublished : ProductUnpublished;
    const changed = due.what === "publish" ? product.publish(due.at) : product.unpublish();
    change(tx, product);
    announce(tx, product, changed ? event : ProductUpdated);
    return product;
  });
}

/** Removes it with its variants, prices and stock. Throws NOT_FOUND, or CONFLICT for a stale revision. */
export function remove(ctx: RequestContext, { id, revision }: Key): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const product = await lock(tx, Product, id, revision);
    await bury(tx, "product", product);
    announce(tx, product, ProductDeleted);
  });
}

function announce(
  tx: Transaction,
  product: { id: string; revision: number },
  event: typeof ProductUpdated,
): void {
  const { id: productId, revision } = product;
  record(tx, event, product, { productId, revision });
}
