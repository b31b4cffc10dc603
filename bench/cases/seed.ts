import { execFileSync } from "node:child_process";
import type { Pool } from "pg";
import type { Result } from "../table.ts";

const products = 10_000;

/** A catalogue through the services and the events until the last row is indexed, against copying its rows. */
export async function benchSeed({ home, owner }: { home: string; owner: Pool }): Promise<Result> {
  const before = await indexed(owner);
  const began = performance.now();
  execFileSync(process.execPath, ["dist/src/cli.js", "seed", "--scale", String(products)], {
    env: { ...process.env, RUSTOK_HOME: home },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const seeded = performance.now() - began;
  while ((await waiting(owner)) > 0 || (await indexed(owner)) < before + products) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const took = performance.now() - began;
  const copied = await copy(owner);
  const perSecond = (products / took) * 1_000;
  return {
    what: `seed and index ${products.toLocaleString("en")} products with variants and prices`,
    measured: `${(took / 1_000).toFixed(1)} s (written after ${(seeded / 1_000).toFixed(1)} s)`,
    yardstick: `insert … select of the same rows: ${(copied / 1_000).toFixed(1)} s`,
    toReach: "report; ≥ 500 products/s",
    reached: `${perSecond.toFixed(0)}/s, ${(took / copied).toFixed(0)} ×`,
  };
}

const indexed = (owner: Pool) =>
  number(owner, "select count(*) as n from index_products where locale = 'en' and visible");

const waiting = (owner: Pool) =>
  number(
    owner,
    `select (select count(*) from sys_events where dispatched_at is null)
          + (select count(*) from bullmq.job where state not in ('completed', 'failed')) as n`,
  );

async function number(owner: Pool, sql: string): Promise<number> {
  return Number((await owner.query<{ n: string }>(sql)).rows[0]?.n);
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

async function ordinaryColumns(owner: Pool, table: string): Promise<string> {
  const { rows } = await owner.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ') as columns from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  return rows[0]?.columns ?? "";
}
