import type { AdminSide } from "#http/admin/admin-side";
import { personOf } from "#kernel/access/access";
import { systemContext, type Tenant } from "#kernel/context";
import type { Registry } from "#kernel/modules/registry";
import { eachTenant } from "#kernel/tenancy/find-tenants";
import { countedSignIn, endSession, signIn } from "#modules/accounts";
import { stepsOf, trace } from "#modules/index";
import { deliveriesOf, webhookSteps } from "#modules/webhooks";
import type { Queues } from "./queues.ts";
import type { Runtime } from "./runtime.ts";

/** Joins the pages below /admin to modules and queues. */
export function adminSide(
  { db, log, registry }: Pick<Runtime, "db" | "log" | "registry">,
  queues: Pick<Queues, "all">,
): AdminSide {
  async function traceIn(id: string, tenant: Tenant) {
    const ctx = systemContext(db, tenant, log);
    const found = await trace(ctx, id);
    if (!found) return null;
    const steps = stepsOf(found, webhookSteps(await deliveriesOf(ctx, found.id)));
    return { ...found, tenant: tenant.slug, steps };
  }

  return {
    signIn: (ctx, credentials) => countedSignIn("password", signIn(ctx, credentials)),
    signOut: (ctx) => endSession(ctx, personOf(ctx).sessionId),
    async trace(id, tenant) {
      if (tenant) return traceIn(id, tenant);
      let found: Awaited<ReturnType<typeof traceIn>> = null;
      await eachTenant(db, async (each) => {
        found ??= await traceIn(id, each);
      });
      return found;
    },
    queues: () => queues.all(),
    describe: (job) => description(registry, job),
  };
}

/** Whose job it is, and when it is done. */
function description({ modules, jobs, schedules, owners }: Registry, name: string): string {
  const job = jobs.find((each) => each.name === name);
  if (job)
    return `${owners.get(job)?.name ?? ""}: after changes, up to ${job.retry.attempts} tries`;
  const schedule = schedules.find((each) => each.name === name);
  const owner = modules.find((module) => module.schedules.some((each) => each === schedule));
  return schedule ? `${owner?.name ?? ""}: every ${schedule.everyMs / 1_000} s` : "";
}
