import { z } from "zod";
import type { Transaction } from "#kernel/database/transaction";
import { BadUserInput } from "#kernel/errors";
import { distinctBy, Handle, verbatim } from "#kernel/fields";
import { defineHook } from "#kernel/rest/hooks";
import { limits } from "./fields.ts";
import { set } from "./inventory.service.ts";

const level = z.object({
  sku: verbatim(255).min(1),
  /** A stock location's. */
  location: Handle,
  /** On hand; below zero means oversold. */
  quantity: z.int32(),
});

const payload = z.object({
  type: z.literal("stock.counted"),
  timestamp: z.iso.datetime({ offset: true }).describe("When it was counted."),
  data: z.object({
    levels: z
      .array(level)
      .min(1)
      .max(limits.inventory)
      .superRefine(distinctBy(({ sku, location }) => `${sku}, ${location}`, "level")),
  }),
});
type Levels = z.output<typeof payload>["data"]["levels"];

/** A level with what it is about. */
interface Placed {
  variantId: string;
  productId: string;
  locationId: string;
  quantity: number;
}

/**
 * A warehouse says what it has counted. Of two counts the later one holds, in whichever order they come.
 * Unless all of them can be taken, none is: BAD_USER_INPUT names every unknown SKU and location.
 */
export const stockLevelsHook = defineHook({
  source: "stock-levels",
  description: "What a warehouse has counted, by SKU and the handle of a stock location.",
  payload,
  async run(tx, { timestamp, data: { levels } }) {
    for (const { productId: _product, ...placed } of await place(tx, levels)) {
      if (await isLatest(tx, placed, timestamp)) await set(tx, placed);
    }
  },
});

/** In the order of their products, so that two messages at once wait for each other instead of locking up. */
async function place(tx: Transaction, levels: Levels): Promise<Placed[]> {
  const rows = await tx.sql<Partial<Placed> & Pick<Placed, "quantity">>(
    `select v.id as "variantId", v.product_id as "productId", l.id as "locationId", given.quantity
     from rows from (jsonb_to_recordset($1::jsonb) as (sku text, location text, quantity integer))
       with ordinality as given (sku, location, quantity, place)
     left join product_variants v on v.tenant_id = $2 and v.sku = given.sku
     left join stock_locations l on l.tenant_id = $2 and l.handle = given.location
     order by given.place`,
    [JSON.stringify(levels), tx.tenant.id],
  );
  const unknown = rows.flatMap(({ variantId, locationId }, index) => {
    const at = (field: string) => ["data", "levels", index, field];
    return [
      ...(variantId ? [] : [{ path: at("sku"), message: "is no variant's" }]),
      ...(locationId ? [] : [{ path: at("location"), message: "is no stock location's" }]),
    ];
  });
  if (unknown.length > 0) throw new BadUserInput(unknown);
  return (rows as Placed[]).toSorted((one, other) => (one.productId < other.productId ? -1 : 1));
}

async function isLatest(
  tx: Transaction,
  { variantId, locationId }: Pick<Placed, "variantId" | "locationId">,
  countedAt: string,
): Promise<boolean> {
  const rows = await tx.sql(
    `insert into stock_counts as known (tenant_id, variant_id, location_id, counted_at)
     values ($1, $2, $3, $4)
     on conflict (tenant_id, variant_id, location_id) do update set counted_at = excluded.counted_at
     where known.counted_at < excluded.counted_at
     returning 1`,
    [tx.tenant.id, variantId, locationId, countedAt],
  );
  return rows.length > 0;
}
