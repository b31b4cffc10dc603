import { products as model } from "../../src/modules/index/read-model.ts";
import { ordinaryColumns } from "../cases/seed.ts";
import type { Shop } from "../shop.ts";

/** How many products the projection is asked for at once. */
const pageSize = 1_000;

/**
 * The rows of all products, projected into a copy of the read model with its indexes and what it holds,
 * in one statement. Milliseconds.
 */
export async function bareProjection({ owner, tenantId }: Shop): Promise<number> {
  const stored = await ordinaryColumns(owner, model.table);
  await owner.query(`create table bare_products (like ${model.table} including all)`);
  await owner.query(
    `insert into bare_products (${stored}) select ${stored} from ${model.table}
     where tenant_id = $1 and generation = live_generation($1, '${model.kind}')`,
    [tenantId],
  );
  await owner.query("update bare_products set generation = 1 where generation <> 1");
  await owner.query("vacuum (full, analyze) bare_products");
  const projected = [
    "tenant_id",
    model.id,
    "locale",
    "revision",
    "shared_revision",
    ...model.columns,
  ];
  const began = performance.now();
  await owner.query(
    `insert into bare_products (${projected.join(", ")}, generation)
     select ${projected.map((column) => `p.${column}`).join(", ")}, 2
     from (
       select array_agg(id order by id) as ids
       from (select id, (row_number() over (order by id) - 1) / ${pageSize} as page
             from products where tenant_id = $1) numbered
       group by page order by page) pages,
     lateral ${model.projection}(pages.ids) p`,
    [tenantId],
  );
  const took = performance.now() - began;
  await owner.query("drop table bare_products");
  return took;
}
