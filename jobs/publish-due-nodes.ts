import { eachDue } from "#kernel/aggregates/timed-publication";
import type { ScheduledJob } from "#kernel/jobs/job";
import { nodes } from "#modules/content";

/** Publishes and hides nodes at the time that was set for it, within five seconds of it. */
export const publishDueNodes: ScheduledJob = {
  name: "publish-due-nodes",
  everyMs: 5_000,
  run(installation) {
    const now = new Date();
    return eachDue(installation, "due_nodes", now, (ctx, id) => nodes.settleDue(ctx, id, now));
  },
};
