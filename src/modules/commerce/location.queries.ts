import { QueryOrder } from "@mikro-orm/postgresql";
import { StockLocation } from "#entities/commerce/stock-location";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { paged, toConnection, type Connection, type PageArgs } from "#kernel/graphql/connection";
import { viewStockLocation, type StockLocationView } from "./location.view.ts";

/** By handle. */
export function find(ctx: RequestContext, page: PageArgs): Promise<Connection<StockLocationView>> {
  return inTransaction(ctx, async ({ em }) => {
    const found = await em.findByCursor(StockLocation, {
      ...paged(page, { handle: QueryOrder.ASC, id: QueryOrder.ASC }),
    });
    return toConnection(found, viewStockLocation);
  });
}
