import { systemContext } from "#kernel/context";
import type { ScheduledJob } from "#kernel/jobs/job";
import { eachTenant } from "#kernel/tenancy/find-tenants";
import { comments } from "#modules/blog";

/** Forgets where comments came from, of every tenant, whether it has a blog now or had one. */
export const forgetCommentAddresses: ScheduledJob = {
  name: "forget-comment-addresses",
  everyMs: 3_600_000,
  run: ({ db, log }) =>
    eachTenant(
      db,
      (tenant) => comments.forgetAddresses(systemContext(db, tenant, log)),
      comments.tenantsWithOldAddresses,
    ),
};
