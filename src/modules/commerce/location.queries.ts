import { QueryOrder } from "@mikro-orm/postgresql";
import { StockLocation } from "#entities/commerce/stock-location";
import type { RequestContext } from "#kernel/context";
import { toConnection, type Connection, type PageArgs } from "#kernel/graphql/connection";
import { inTransaction } from "#kernel/transaction";
import { viewStockLocation, type StockLocationView } from "./location.view.ts";

/** By handle. */
export function find(ctx: RequestContext, page: PageArgs): Promise<Connection<StockLocationView>> {
  return inTransaction(ctx, async ({ em }) => {
    const found = await em.findByCursor(StockLocation, {
      orderBy: { handle: QueryOrder.ASC, id: QueryOrder.ASC },
      first: page.first,
      ...(page.after && { after: page.after }),
    });
    return toConnection(found, viewStockLocation);
  });
}
