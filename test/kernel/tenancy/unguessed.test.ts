import { afterEach, beforeAll, expect, test } from "vitest";
import type { Tenant } from "#kernel/context";
import { installation } from "#test/installation";

const { db, owner, aTenant } = await installation();
const asItIs = "alter policy tenant_rows on tags using (tenant_id = (select current_tenant()))";
let newcomer: Tenant;

/** The statistics know of one tenant alone; another has come since, and has grown. */
beforeAll(async () => {
  const someTags = async (count: number) => {
    const tenant = await aTenant();
    await owner.query(
      `insert into tags (tenant_id, id, scope, handle, name)
       select $1, gen_random_uuid(), 'product', 'tag-' || n, 'A tag' from generate_series(1, $2) n`,
      [tenant.id, count],
    );
    return tenant;
  };
  await someTags(20_000);
  await owner.query("analyze tags");
  newcomer = await someTags(2_000);
});
afterEach(() => owner.query(asItIs));

/** How many rows of tags are read to find five of the newcomer's by their ids. */
async function rowsRead(): Promise<number> {
  const { rows: some } = await owner.query<{ id: string }>(
    "select id from tags where tenant_id = $1 limit 5",
    [newcomer.id],
  );
  const client = await db.pool.connect();
  try {
    await client.query("begin");
    await client.query("set local plan_cache_mode = force_generic_plan");
    await client.query("select set_config('rustok.tenant', $1, true)", [newcomer.id]);
    const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: Plan }] }>(
      "explain (analyze, format json) select scope from tags where id = any ($1::uuid[])",
      [some.map(({ id }) => id)],
    );
    const plan = rows[0]?.["QUERY PLAN"][0].Plan;
    return (plan?.["Actual Rows"] ?? 0) + (plan?.["Rows Removed by Filter"] ?? 0);
  } finally {
    await client.query("rollback");
    client.release();
  }
}
interface Plan {
  "Actual Rows": number;
  "Rows Removed by Filter"?: number;
}

test("of a tenant that the planner's statistics do not know, no more is read than is asked for", async () => {
  expect(await rowsRead()).toBe(5);
});

test("the control: where the planner sees which tenant it is, all that the tenant has is read", async () => {
  await owner.query("alter policy tenant_rows on tags using (tenant_id = current_tenant())");
  expect(await rowsRead()).toBe(2_000);
});
