import { demand } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { NotFound } from "#kernel/errors";
import { findTenant } from "#kernel/tenancy/find-tenants";

/** What whoever runs the installation needs to reach any tenant. */
export const platform = "platform:tenants";

/**
 * The context of work on the tenant with the id: a caller's own, or with `platform:tenants` any, be it
 * suspended. Throws NOT_FOUND, and FORBIDDEN whether or not there is another one with that id.
 */
export async function targetOf(ctx: RequestContext, id: string): Promise<RequestContext> {
  if (id === ctx.tenant.id) return ctx;
  demand(ctx.actor, platform);
  const tenant = await findTenant(ctx.db, { id });
  if (!tenant) throw new NotFound("tenant", id);
  return { ...ctx, tenant };
}
