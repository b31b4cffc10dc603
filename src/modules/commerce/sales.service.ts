import { LockMode, QueryOrder } from "@mikro-orm/postgresql";
import { Product } from "#entities/commerce/product";
import { change } from "#kernel/aggregates/aggregate";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { BadUserInput, type InputIssue } from "#kernel/errors";
import { record as recordEvent } from "#kernel/events/event";
import { SalesRecorded } from "./events.ts";
import type { RecordSales } from "./sales.input.ts";

/** How many units of a product were sold so far, returns taken off. */
export interface UnitsSold {
  productId: string;
  units: number;
}

/**
 * Adds to the units sold of some products, or takes returns off, and answers the totals in the order
 * given. All are recorded or none. Recorded at the same time, they take turns at the products' locks,
 * so that all of them count. Throws BAD_USER_INPUT with every product that is unknown, and every one of
 * which more would have come back than was sold.
 */
export function record(ctx: RequestContext, { sales }: RecordSales): Promise<UnitsSold[]> {
  return inTransaction(ctx, async (tx) => {
    const products = await lockAll(
      tx,
      sales.map(({ productId }) => productId),
    );
    const sold = await soldSoFar(tx, [...products.keys()]);
    const totals = sales.map(({ productId, units }) => ({
      productId,
      units: (sold.get(productId) ?? 0) + units,
    }));
    const issues = totals.flatMap(({ productId, units }, place) =>
      faultsOf(place, products.has(productId), units),
    );
    if (issues.length > 0) throw new BadUserInput(issues);
    await write(tx, totals);
    for (const product of products.values()) {
      change(tx, product);
      const { id: productId, revision } = product;
      recordEvent(tx, SalesRecorded, product, { productId, revision });
    }
    return totals;
  });
}

/** In the order of their ids, so that two callers with the same products wait for each other instead of locking up. */
async function lockAll(tx: Transaction, ids: string[]): Promise<Map<string, Product>> {
  const found = await tx.em.find(
    Product,
    { id: { $in: ids } },
    { orderBy: { id: QueryOrder.ASC }, lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  return new Map(found.map((product) => [product.id, product]));
}

async function soldSoFar(tx: Transaction, ids: string[]): Promise<Map<string, number>> {
  const rows = await tx.sql<UnitsSold>(
    `select product_id as "productId", units::float8 as units from product_sales where product_id = any ($1)`,
    [ids],
  );
  return new Map(rows.map(({ productId, units }) => [productId, units]));
}

function faultsOf(place: number, known: boolean, units: number): InputIssue[] {
  if (!known) return [{ path: ["sales", place, "productId"], message: "is not a product" }];
  if (units < 0) return [{ path: ["sales", place, "units"], message: "is more than was sold" }];
  return [];
}

async function write(tx: Transaction, totals: UnitsSold[]): Promise<void> {
  await tx.sql(
    `insert into product_sales (tenant_id, product_id, units)
     select $1, * from unnest($2::uuid[], $3::bigint[])
     on conflict (tenant_id, product_id) do update set units = excluded.units`,
    [tx.tenant.id, totals.map(({ productId }) => productId), totals.map(({ units }) => units)],
  );
}
