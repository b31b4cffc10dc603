import { systemContext } from "#kernel/context";
import type { ScheduledJob } from "#kernel/jobs/job";
import { eachTenant } from "#kernel/tenancy/find-tenants";
import { requeue, tenantsWithDueWebhooks } from "#modules/webhooks";

/** Has deliveries attempted again when that is due, and those whose job was lost. */
export const requeueWebhooks: ScheduledJob = {
  name: "requeue-webhooks",
  everyMs: 1_000,
  run: ({ db, log }) =>
    eachTenant(
      db,
      async (tenant) => {
        await requeue(systemContext(db, tenant, log));
      },
      tenantsWithDueWebhooks,
    ),
};
