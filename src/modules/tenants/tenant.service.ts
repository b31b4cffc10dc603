import { z } from "zod";
import type { Tenant } from "#kernel/context";
import type { Database } from "#kernel/database";
import { explained } from "#kernel/database-errors";
import { Currency, distinctBy, label, Locale } from "#kernel/fields";
import { newId } from "#kernel/ids";

/** A host name without port, in lower case: `shop.example.com`, `localhost`. */
const Host = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, "must be a host name in lower case, without a port");

const itself = (value: string) => value;

export const createTenant = z
  .object({
    slug: z
      .string()
      .max(63)
      .regex(/^[a-z0-9](-?[a-z0-9])*$/, "must be lower-case letters, digits and hyphens"),
    name: label(255),
    defaultLocale: Locale,
    locales: z.array(Locale).min(1).superRefine(distinctBy(itself, "locale")),
    defaultCurrency: Currency,
    currencies: z.array(Currency).min(1).superRefine(distinctBy(itself, "currency")),
    domains: z.array(Host).superRefine(distinctBy(itself, "domain")).default([]),
  })
  .refine(({ locales, defaultLocale }) => locales.includes(defaultLocale), {
    path: ["defaultLocale"],
    error: "must be one of the locales",
  })
  .refine(({ currencies, defaultCurrency }) => currencies.includes(defaultCurrency), {
    path: ["defaultCurrency"],
    error: "must be one of the currencies",
  });

/** Creates the tenant with its domains. Throws CONFLICT when the slug or a domain is taken. */
export async function create(
  db: Database,
  { domains, ...tenant }: z.output<typeof createTenant>,
): Promise<Tenant> {
  const id = newId();
  const client = await db.pool.connect();
  try {
    await client.query("begin");
    // A tenant's own row is all its policies let it write: the new tenant creates itself.
    await client.query("select set_config('rustok.tenant', $1, true)", [id]);
    await client.query(
      `insert into tenants (id, slug, name, default_locale, locales, default_currency, currencies)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        id,
        tenant.slug,
        tenant.name,
        tenant.defaultLocale,
        tenant.locales,
        tenant.defaultCurrency,
        tenant.currencies,
      ],
    );
    await client.query(
      "insert into tenant_domains (host, tenant_id) select unnest($1::text[]), $2",
      [domains, id],
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw explained(error);
  } finally {
    client.release();
  }
  return { id, ...tenant, disabledModules: [] };
}
