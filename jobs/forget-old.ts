import { systemContext } from "#kernel/context";
import type { ScheduledJob } from "#kernel/jobs/job";
import { forgetOldSteps } from "#kernel/jobs/steps";
import { forgetOldKeys, tenantsWithOldKeys } from "#kernel/rest/idempotency";
import { eachTenant } from "#kernel/tenancy/find-tenants";
import { forgetOldQueries, tenantsWithOldQueries } from "#modules/search";

/** Deletes what is kept for a while only: steps of events, events that are long done, counts of searches, answers to calls with a key. */
export const forgetOld: ScheduledJob = {
  name: "forget-old",
  everyMs: 60 * 60_000,
  async run({ db, log }) {
    await forgetOldSteps(db);
    await eachTenant(
      db,
      async (tenant) => {
        await forgetOldQueries(systemContext(db, tenant, log));
      },
      tenantsWithOldQueries,
    );
    await eachTenant(
      db,
      async (tenant) => {
        await forgetOldKeys(systemContext(db, tenant, log));
      },
      tenantsWithOldKeys,
    );
  },
};
