import { systemContext } from "#kernel/context";
import type { ScheduledJob } from "#kernel/jobs/job";
import { eachTenant } from "#kernel/tenancy/find-tenants";
import { forgetOldMails, tenantsWithOldMails } from "#modules/mail";

/** Deletes the record of mails that are older than their tenant keeps it. */
export const forgetMails: ScheduledJob = {
  name: "forget-old-mails",
  everyMs: 60 * 60_000,
  run: ({ db, log }) =>
    eachTenant(db, (tenant) => forgetOldMails(systemContext(db, tenant, log)), tenantsWithOldMails),
};
