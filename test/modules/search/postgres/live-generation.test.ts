import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { installation } from "#test/installation";
import { onSale, published, searchContent, searchProducts } from "../a-catalogue.ts";

let ours: RequestContext;
let theirs: RequestContext;

beforeAll(async () => {
  const { anEditor } = await installation();
  [ours, theirs] = [await anEditor(), await anEditor()];
  for (const ctx of [ours, theirs]) {
    await onSale(ctx, { title: "Yellow mug", vendor: "Kiln" });
    await published(ctx, "Yellow mug");
  }
});

async function eachFindsItsOwnOne() {
  for (const ctx of [ours, theirs]) {
    for (const query of ["", "mug", "mu", "yelow mug", `"yellow mug"`, "-red"]) {
      const found = await searchProducts(ctx, query, { facets: ["vendors", "prices"] });
      expect([query, found.hits.length, found.totalCount]).toEqual([query, 1, 1]);
      expect(found.facets.vendors).toEqual([{ value: "Kiln", label: "Kiln", count: 1 }]);
      const content = await searchContent(ctx, query, { facets: ["kinds"] });
      expect([query, content.hits.length, content.totalCount]).toEqual([query, 1, 1]);
    }
  }
}

test("rows of another generation are not found, counted or pinned", async () => {
  const { owner } = await installation();
  await eachFindsItsOwnOne();
  const copies: string[] = [];
  for (const [table, id] of [
    ["index_products", "product_id"],
    ["index_content", "node_id"],
  ]) {
    const columns = await ordinaryColumns(`${table}`);
    const { rows } = await owner.query<{ id: string }>(
      `insert into ${table} (${id}, generation, ${columns})
       select gen_random_uuid(), 2, ${columns} from ${table} returning ${id} as id`,
    );
    copies.push(...rows.map((row) => row.id));
  }
  expect(copies).toHaveLength(8);
  await eachFindsItsOwnOne();
  const { hits } = await searchProducts(ours, "mug", { pinned: copies });
  expect(hits).toHaveLength(1);
});

test("tenants stay apart even if one number stands for both", async () => {
  const { owner } = await installation();
  await owner.query(`
    create or replace function search_scope(tenant_id uuid, locale text, generation integer) returns bigint
    language sql immutable strict parallel safe return 0`);
  for (const table of ["index_products", "index_content"]) {
    await owner.query(`alter table ${table} alter column scope set expression as (0)`);
  }
  const { rows } = await owner.query("select distinct scope from index_products");
  expect(rows).toEqual([{ scope: "0" }]);
  await eachFindsItsOwnOne();
});

async function ordinaryColumns(table: string): Promise<string> {
  const { owner } = await installation();
  const { rows } = await owner.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ') as columns from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''
       and attname <> all (array['product_id', 'node_id', 'generation'])`,
    [table],
  );
  return rows[0]?.columns ?? "";
}
