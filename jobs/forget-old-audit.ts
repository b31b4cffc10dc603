import type { ScheduledJob } from "#kernel/jobs/job";
import { forgetOldAudit } from "#modules/access";

/** Deletes what the audit log has kept for as long as it is to. */
export const forgetOldAuditEntries: ScheduledJob = {
  name: "forget-old-audit",
  everyMs: 60 * 60_000,
  run: ({ db }) => forgetOldAudit(db),
};
