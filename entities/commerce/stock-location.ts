import { defineEntity, p } from "@mikro-orm/postgresql";
import { owned } from "#entities/kernel/columns";

const StockLocationSchema = defineEntity({
  name: "StockLocation",
  tableName: "stock_locations",
  properties: {
    id: p.uuid().primary(),
    ...owned,
    handle: p.string(),
    name: p.string(),
    createdAt: p.datetime().defaultRaw("now()"),
  },
});

/** Where stock lies: a warehouse, a shop. */
export class StockLocation extends StockLocationSchema.class {}
StockLocationSchema.setClass(StockLocation);
