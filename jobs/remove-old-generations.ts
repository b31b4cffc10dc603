import { systemContext } from "#kernel/context";
import type { ScheduledJob } from "#kernel/jobs/job";
import { eachTenant } from "#kernel/tenancy/find-tenants";
import { tenantsWithOldGenerations } from "#modules/index";
import * as search from "#modules/search";

/** Removes read models that were replaced an hour ago or longer, and those of abandoned rebuilds. */
export const removeOldGenerations: ScheduledJob = {
  name: "remove-old-generations",
  everyMs: 60_000,
  run: ({ db, log }) =>
    eachTenant(
      db,
      (tenant) => search.removeOldGenerations(systemContext(db, tenant, log)),
      tenantsWithOldGenerations,
    ),
};
