import { systemContext } from "#kernel/context";
import type { ScheduledJob } from "#kernel/jobs";
import { findTenant } from "#kernel/tenancy";
import { requeue } from "#modules/webhooks";

/** Has deliveries attempted again when that is due, and those whose job was lost. */
export const requeueWebhooks: ScheduledJob = {
  name: "requeue-webhooks",
  everyMs: 1_000,
  async run({ db, log }) {
    const { rows } = await db.pool.query<{ id: string }>(
      "select id from tenants_with_due_webhooks() as t(id)",
    );
    for (const { id } of rows) {
      const tenant = await findTenant(db, { id });
      if (tenant) await requeue(systemContext(db, tenant, log));
    }
  },
};
