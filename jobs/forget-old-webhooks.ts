import { systemContext } from "#kernel/context";
import type { ScheduledJob } from "#kernel/jobs/job";
import { eachTenant } from "#kernel/tenancy/find-tenants";
import { forgetOldWebhooks, tenantsWithOldWebhooks } from "#modules/webhooks";

/** Deletes what the logs of webhooks have kept for as long as they are to. */
export const forgetOldWebhookLog: ScheduledJob = {
  name: "forget-old-webhooks",
  everyMs: 60 * 60_000,
  run: ({ db, log }) =>
    eachTenant(
      db,
      async (tenant) => {
        await forgetOldWebhooks(systemContext(db, tenant, log));
      },
      tenantsWithOldWebhooks(db),
    ),
};
