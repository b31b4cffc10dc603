import { StockLocation } from "#entities/commerce/stock-location";
import { note } from "#kernel/access/audit";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { NotFound } from "#kernel/errors";
import { newId } from "#kernel/ids";
import type {
  CreateStockLocation,
  DeleteStockLocation,
  UpdateStockLocation,
} from "./location.input.ts";

/** Throws CONFLICT for a taken handle. */
export function create(ctx: RequestContext, input: CreateStockLocation): Promise<StockLocation> {
  return inTransaction(ctx, async (tx) => {
    const id = newId();
    note(tx, "stock-location.created", id);
    return tx.em.create(StockLocation, {
      ...input,
      id,
      tenantId: tx.tenant.id,
      createdAt: tx.now,
    });
  });
}

/** Throws NOT_FOUND, or CONFLICT for a taken handle. */
export function update(
  ctx: RequestContext,
  { id, ...fields }: UpdateStockLocation,
): Promise<StockLocation> {
  return inTransaction(ctx, async (tx) => {
    const location = await find(tx, id);
    note(tx, "stock-location.updated", id);
    return tx.em.assign(location, fields, { ignoreUndefined: true });
  });
}

/** Throws NOT_FOUND, or CONFLICT while a variant has a stock there, be it zero. */
export function remove(ctx: RequestContext, { id }: DeleteStockLocation): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    tx.em.remove(await find(tx, id));
    note(tx, "stock-location.deleted", id);
  });
}

async function find(tx: Transaction, id: string): Promise<StockLocation> {
  const location = await tx.em.findOne(StockLocation, { id });
  if (!location) throw new NotFound("stock location", id);
  return location;
}
