import type { Pool } from "pg";
import { workedOff } from "../caught-up.ts";
import { products } from "../scale.ts";
import type { Shop } from "../shop.ts";
import type { Result } from "../table.ts";

/** A catalogue through the services and the events until the last row is indexed, against copying its rows. */
export async function benchSeed(shop: Shop): Promise<Result> {
  const began = performance.now();
  const seeded = await seed(shop);
  const took = performance.now() - began;
  const copied = await copy(shop.owner);
  const perSecond = (shop.products / took) * 1_000;
  return {
    what: `seed and index ${products(shop.products)} with variants and prices`,
    measured: `${(took / 1_000).toFixed(1)} s (written after ${(seeded / 1_000).toFixed(1)} s)`,
    yardstick: `insert … select of the same rows: ${(copied / 1_000).toFixed(1)} s`,
    toReach: "report; ≥ 500 products/s",
    reached: `${perSecond.toFixed(0)}/s, ${(took / copied).toFixed(0)} ×`,
  };
}

/** Resolves when all of it is in the read model, with when it was written, in milliseconds. */
export async function seed(shop: Shop): Promise<number> {
  const seeded = await shop.command("seed", "--scale", String(shop.products));
  await workedOff(shop);
  return seeded;
}

/** The same rows into tables of the same shape, keys and indexes; milliseconds. */
async function copy(owner: Pool): Promise<number> {
  const tables = [
    "products",
    "product_translations",
    "product_options",
    "product_variants",
    "variant_options",
    "prices",
    "inventory_levels",
    "product_categories",
    "product_tags",
    "index_products",
  ];
  for (const table of tables)
    await owner.query(`create table copy_of_${table} (like ${table} including all)`);
  let took = 0;
  for (const table of tables) {
    const columns = await ordinaryColumns(owner, table);
    const began = performance.now();
    await owner.query(`insert into copy_of_${table} (${columns}) select ${columns} from ${table}`);
    took += performance.now() - began;
  }
  for (const table of tables) await owner.query(`drop table copy_of_${table}`);
  return took;
}

/** A list of the columns that are written; those that PostgreSQL works out are not. */
export async function ordinaryColumns(owner: Pool, table: string): Promise<string> {
  const { rows } = await owner.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  return rows[0]?.columns ?? "";
}
