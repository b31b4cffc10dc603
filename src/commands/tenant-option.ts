import { Option } from "commander";
import { systemContext, type RequestContext } from "#kernel/context";
import { NotFound } from "#kernel/errors";
import { eachTenant, findTenant } from "#kernel/tenancy/find-tenants";
import type { Runtime } from "#processes/runtime";

export const tenantOption = () =>
  new Option("--tenant <slug>", "work for this tenant").default("demo");

export const anyTenantOption = () =>
  new Option("--tenant <slug>", "work for this tenant only; all of them if left out");

/** A context for the tenant with the slug. Throws NOT_FOUND. */
export async function contextOf(
  { db, log, registry }: Runtime,
  slug: string,
): Promise<RequestContext> {
  const tenant = await findTenant(db, { slug });
  if (!tenant) throw new NotFound("tenant", slug);
  return { ...systemContext(db, tenant, log), modules: registry.modules };
}

/** Calls `visit` for the tenant with the slug, or for every tenant when there is none. */
export async function visitTenants(
  runtime: Runtime,
  slug: string | undefined,
  visit: (ctx: RequestContext) => Promise<void>,
): Promise<void> {
  if (slug !== undefined) return visit(await contextOf(runtime, slug));
  await eachTenant(runtime.db, (tenant) => visit(systemContext(runtime.db, tenant, runtime.log)));
}
