import { rebuild } from "#modules/index";
import { demoShop, seedDemo } from "#modules/seed";
import type { Runtime } from "#processes/runtime";
import { createTenantWithAdministrator, type Administrator } from "./new-tenant.ts";

/**
 * Gives an empty installation a demo shop that can be searched, and its administrator.
 * Does nothing in production, or when there is a tenant already.
 */
export async function prepareFirstStart(runtime: Runtime): Promise<Administrator | undefined> {
  const { rowCount } = await runtime.db.pool.query("select from all_tenant_ids() limit 1");
  if (runtime.config.production || rowCount !== 0) return undefined;

  const { ctx, administrator } = await createTenantWithAdministrator(
    runtime,
    {
      ...demoShop,
      slug: "demo",
      defaultLocale: "en",
      defaultCurrency: "EUR",
      domains: ["localhost", "127.0.0.1"],
    },
    "admin@demo.example",
  );
  await seedDemo(ctx);
  // The events of the seed come to the same; this way the shop can be searched from the first moment.
  await rebuild(ctx);
  return administrator;
}
