import type { Tenant } from "#kernel/context";
import type { Database } from "#kernel/database/database";

/** Follow by themselves what others do, or are counts of the server's own. */
const restless = [
  "event_jobs",
  "index_patrol",
  "index_generations",
  "search_documents",
  "mails",
  "stock_watches",
];
/** Columns that tell when something was last looked after. */
const restlessColumns = ["dispatched_at", "indexed_at", "last_used_at", "last_seen_at"];

/** The tables with rows of tenants, by name, and whether the server may read them. */
export async function tenantTables({ pool }: Database): Promise<{ name: string; read: boolean }[]> {
  const { rows } = await pool.query<{ name: string; read: boolean }>(`
    select c.relname as name, has_table_privilege(c.oid, 'select') as read
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    order by 1`);
  return rows;
}

/**
 * Every row that belongs to the tenant, its own included, as text: what the server sees of it while it
 * works for the tenant.
 */
export async function allRowsOf(db: Database, { id }: Tenant): Promise<string> {
  const tables = (await tenantTables(db)).filter(
    ({ name, read }) => read && !restless.includes(name),
  );
  const dumps = tables.map(
    ({ name }) =>
      `select '${name}' as name, (to_jsonb(t) - $2::text[])::text as row from ${name} t where tenant_id = $1`,
  );
  dumps.push(`select 'tenants', to_jsonb(t)::text from tenants t where id = $1`);
  const client = await db.pool.connect();
  try {
    await client.query("begin");
    await client.query("select set_config('rustok.tenant', $1, true)", [id]);
    const { rows } = await client.query<{ name: string; row: string }>(
      `${dumps.join(" union all ")} order by 1, 2`,
      [id, restlessColumns],
    );
    return rows.map(({ name, row }) => `${name} ${row}`).join("\n");
  } finally {
    await client.query("rollback");
    client.release();
  }
}
