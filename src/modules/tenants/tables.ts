import type { ClientBase } from "pg";
import type { KnownModule } from "#kernel/context";

/** A table with rows of tenants, and whose it is. */
export interface TenantTable {
  /** The kernel's, where no module calls it its own. */
  module: string;
  table: string;
}

/** Every table in whose rows a tenant's id stands, as the database says: by module, then by name. */
export async function tenantTables(
  client: ClientBase,
  modules: readonly KnownModule[] = [],
): Promise<TenantTable[]> {
  const { rows } = await client.query<{ table: string }>(`
    select c.relname as "table"
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and not c.relispartition
    order by 1`);
  const owners = modules.flatMap(({ slug, tables }) =>
    tables.map((table): [string, string] => [table, slug]),
  );
  const owner = new Map(owners);
  const order = ["kernel", ...modules.map(({ slug }) => slug)];
  return rows
    .map(({ table }) => ({ module: owner.get(table) ?? "kernel", table }))
    .toSorted((one, other) => order.indexOf(one.module) - order.indexOf(other.module));
}
