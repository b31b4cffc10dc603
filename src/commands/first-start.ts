import { randomBytes } from "node:crypto";
import { systemContext } from "#kernel/context";
import { users } from "#modules/accounts";
import { createTenantWithDomains } from "#modules/tenants";
import type { Runtime } from "#processes/runtime";

/** What a first start made, to be shown once; the password is kept nowhere. */
export interface FirstStart {
  email: string;
  password: string;
}

/** Gives an empty installation a demo shop and an administrator. Undefined when there is a tenant already. */
export async function prepareFirstStart(runtime: Runtime): Promise<FirstStart | undefined> {
  const { db, log } = runtime;
  const { rows } = await db.pool.query("select from all_tenant_ids() limit 1");
  if (rows.length > 0) return undefined;

  const tenant = await createTenantWithDomains(db, {
    slug: "demo",
    name: "Demo",
    defaultLocale: "en",
    locales: ["en", "de"],
    defaultCurrency: "EUR",
    currencies: ["EUR", "USD"],
    domains: ["localhost", "127.0.0.1"],
  });
  const ctx = systemContext(db, tenant, log);
  const administrator = {
    email: "admin@demo.example",
    password: randomBytes(12).toString("base64url"),
  };
  await users.create(ctx, { ...administrator, name: "Administrator", role: "administrator" });
  return administrator;
}
