import { keepPartitions } from "#kernel/events/outbox-partitions";
import type { ScheduledJob } from "#kernel/jobs/job";

/** Makes the weeks of the outbox ahead of time, and drops those that are over. */
export const pruneOutbox: ScheduledJob = {
  name: "prune-outbox",
  everyMs: 60 * 60_000,
  async run({ db, log }) {
    const { made, moved, dropped } = await keepPartitions(db);
    if (made.length + dropped.length > 0) log.info({ made, dropped }, "the outbox turned a week");
    if (moved > 0)
      log.warn({ moved }, "events had no week of their own: no worker made it in time");
  },
};
