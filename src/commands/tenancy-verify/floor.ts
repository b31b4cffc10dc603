import type { ClientBase } from "pg";
import type { Tenant } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import { tenantTables } from "./rows.ts";
import type { Finding } from "./world.ts";

/** What a policy may let the server's role see and write: the rows of the tenant it works for, or what belongs to none. */
const sound = [
  "(tenant_id = ( SELECT current_tenant() AS current_tenant))",
  "((tenant_id IS NULL) OR (tenant_id = current_tenant()))",
];

interface Table {
  name: string;
  used: boolean;
  closed: boolean;
  policies: { name: string; conditions: (string | null)[] }[];
}

/** What the database's catalogue says: each table with rows of tenants is closed, and opened by a sound policy alone. */
export async function openTables(database: {
  pool: Pick<ClientBase, "query">;
}): Promise<Finding[]> {
  const { rows } = await database.pool.query<Table>(`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as closed,
      has_table_privilege('rustok_app', c.oid, 'select, insert, update, delete') as used,
      coalesce((
        select jsonb_agg(jsonb_build_object('name', policyname, 'conditions', array[qual, with_check]))
        from pg_policies
        where schemaname = 'public' and tablename = c.relname and permissive = 'PERMISSIVE'
          and roles && '{rustok_app,public}'), '[]') as policies
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    order by 1`);
  return rows.flatMap(({ name, used, closed, policies }) => {
    const where = `table ${name}`;
    if (!closed) return [{ where, what: "has no row-level security that is enabled and forced" }];
    const open = policies
      .filter(({ conditions }) => conditions.some((each) => each !== null && !sound.includes(each)))
      .map((policy) => ({ where, what: `the policy ${policy.name} opens it to other tenants` }));
    const none = { where, what: "has no policy, so that nobody sees its rows" };
    return used && policies.length === 0 ? [none] : open;
  });
}

/**
 * Tries, table by table, what SQL without any condition would do for a tenant to another's rows: see,
 * change and delete them, and put a row of its own among them. All of it is rolled back.
 */
export async function raidTables(db: Database, from: Tenant, by: Tenant): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name } of await tenantTables(db)) {
    for (const [what, sql] of Object.entries(raidsOn(name))) {
      if (await succeeds(db, sql, from, by)) findings.push({ where: `table ${name}`, what });
    }
  }
  return findings;
}

const raidsOn = (table: string) => ({
  "shows rows of another tenant": `select from ${table} where tenant_id = $1 limit 1`,
  "lets rows of another tenant be changed": `update ${table} set tenant_id = tenant_id where tenant_id = $1`,
  "lets rows of another tenant be deleted": `delete from ${table} where tenant_id = $1`,
  "lets a row be put among another tenant's": `update ${table} set tenant_id = $1
    where ctid = (select ctid from ${table} where tenant_id = current_tenant() limit 1)`,
});

/** What PostgreSQL says where a role lacks a right, and where a policy forbids the row. */
const forbidden = "42501";

async function succeeds(db: Database, sql: string, from: Tenant, by: Tenant): Promise<boolean> {
  const client = await db.pool.connect();
  try {
    await client.query("begin");
    await client.query("select set_config('rustok.tenant', $1, true)", [by.id]);
    return (await client.query(sql, [from.id])).rowCount !== 0;
  } catch (error) {
    // Anything else was not stopped by the wall, but by what is behind it.
    return (error as { code?: string }).code !== forbidden;
  } finally {
    await client.query("rollback");
    client.release();
  }
}
