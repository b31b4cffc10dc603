import { LRUCache } from "lru-cache";
import type { Tenant } from "#kernel/context";
import type { Database } from "#kernel/database";

/** How a caller names a tenant; exactly one of the three. */
export type TenantKey = { id: string } | { slug: string } | { host: string };

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
             disabled_modules(id) as "disabledModules"
      from find_tenant($1, $2, $3)`,
    values: [by.id, by.slug, by.host],
  });
  return rows[0] ?? null;
}

/**
 * The same for hot paths: keeps what it found for five seconds, absence included, so a change to a
 * tenant is live everywhere within that time. Concurrent misses for one key ask the database once.
 */
export function rememberingTenants(db: Database): FindTenant {
  const found = new LRUCache<string, { tenant: Tenant | null }>({
    max: 1_000,
    ttl: 5_000,
    fetchMethod: async (key) => ({ tenant: await findTenant(db, JSON.parse(key) as TenantKey) }),
  });
  remembered.set(db, [...(remembered.get(db) ?? []), found]);
  return async (key) => (await found.fetch(JSON.stringify(key)))?.tenant ?? null;
}

const remembered = new WeakMap<Database, LRUCache<string, { tenant: Tenant | null }>[]>();

/** Call it once a change to the tenant is committed: what this process remembers of it is dropped. */
export function tenantChanged(db: Database, tenantId: string): void {
  for (const found of remembered.get(db) ?? []) {
    for (const [key, known] of found.entries()) {
      if (known.tenant?.id === tenantId) found.delete(key);
    }
  }
}

/** Calls `visit` for every tenant in turn, oldest first. */
export async function eachTenant(
  db: Database,
  visit: (tenant: Tenant) => Promise<void>,
): Promise<void> {
  const { rows } = await db.pool.query<{ id: string }>("select id from all_tenant_ids() as t(id)");
  for (const { id } of rows) {
    const tenant = await findTenant(db, { id });
    if (tenant) await visit(tenant);
  }
}
