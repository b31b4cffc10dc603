import { setTimeout as delay } from "node:timers/promises";
import { systemContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { findTenant } from "#kernel/tenancy/find-tenants";
import { users } from "#modules/accounts";
import { engineHasCaughtUp, refreshAll } from "#modules/index";
import { demoShop, seedDemo } from "#modules/seed";
import { createTenant, tenants } from "#modules/tenants";
import type { Runtime } from "#processes/runtime";
import { createAdministrator, type Administrator } from "./new-tenant.ts";
import { grantPlatform } from "./platform-grant.ts";

const demo = createTenant.parse({
  ...demoShop,
  slug: "demo",
  defaultLocale: "en",
  defaultCurrency: "EUR",
  domains: ["localhost", "127.0.0.1"],
});

/** How long a first start waits for the search engine. */
const longestWaitMs = 10_000;

/**
 * Gives an empty installation a demo shop that can be searched, and its administrator. A first start
 * that was cut short is taken up again: the administrator comes last. Does nothing in production, or
 * when there are other tenants.
 */
export async function prepareFirstStart(runtime: Runtime): Promise<Administrator | undefined> {
  const { config, db, log } = runtime;
  if (config.production) return undefined;
  const begun = await findTenant(db, { slug: demo.slug });
  const { rowCount: others } = await db.pool.query("select from all_tenant_ids() limit 1");
  if (!begun && others !== 0) return undefined;

  const founder = { db, log, actor: { kind: "system" as const }, requestId: newId() };
  const ctx = systemContext(db, begun ?? (await tenants.create(founder, demo)), log);
  if (await users.exist(ctx)) return undefined;
  await seedDemo(ctx);
  // The events of the seed come to the same; this way the shop can be searched from the first moment.
  await refreshAll(ctx);
  // So that whoever tries the first search finds something; it may be that no engine answers yet.
  await Promise.race([engineHasCaughtUp(ctx), delay(longestWaitMs, undefined, { ref: false })]);
  const administrator = await createAdministrator(ctx, "admin@demo.example");
  await grantPlatform(runtime, ctx, administrator.email);
  return administrator;
}
