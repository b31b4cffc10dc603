import { systemContext } from "#kernel/context";
import type { ScheduledJob } from "#kernel/jobs/job";
import { forgetOldKeys } from "#kernel/security/signing-keys";
import { keptMs } from "#kernel/security/tokens";
import { eachTenant } from "#kernel/tenancy/find-tenants";
import { forgetOld, tenantsWithOldSignIns } from "#modules/accounts";

/** Deletes what is over of signing in: sessions, mails that nobody confirmed, keys that nothing is signed with. */
export const forgetOldSignIns: ScheduledJob = {
  name: "forget-old-sign-ins",
  everyMs: 60 * 60_000,
  async run({ db, log }) {
    await forgetOldKeys(db, keptMs);
    await eachTenant(
      db,
      (tenant) => forgetOld(systemContext(db, tenant, log)),
      tenantsWithOldSignIns,
    );
  },
};
