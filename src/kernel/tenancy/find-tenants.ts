import type { Tenant } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import type { TenantKey } from "./names.ts";

/** Finds a tenant, or null. */
export type FindTenant = (key: TenantKey) => Promise<Tenant | null>;

/** Reads the tenant from the database: the one look-up that is made before a tenant is known. */
export async function findTenant(db: Database, key: TenantKey): Promise<Tenant | null> {
  const by = { id: null, slug: null, host: null, ...key };
  const { rows } = await db.pool.query<Tenant>({
    name: "find-tenant",
    text: `
      select id, slug, name, default_locale as "defaultLocale", locales,
             default_currency as "defaultCurrency", currencies,
             case when suspended_at is null then 'active' else 'suspended' end as status,
             disabled_modules(id) as "disabledModules"
      from find_tenant($1, $2, $3)`,
    values: [by.id, by.slug, by.host],
  });
  return rows[0] ?? null;
}

const allTenants = "select id from all_tenant_ids() as t(id) order by id";

/**
 * Calls `visit` for every tenant in turn, oldest first. Upkeep that finds nothing to do with most of them
 * gives a query for the ids of `those` it is about: one statement instead of several for each.
 */
export async function eachTenant(
  db: Database,
  visit: (tenant: Tenant) => Promise<void>,
  those = allTenants,
): Promise<void> {
  const { rows } = await db.pool.query<{ id: string }>(those);
  for (const { id } of rows) {
    const tenant = await findTenant(db, { id });
    if (tenant) await visit(tenant);
  }
}
