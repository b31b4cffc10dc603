import type { QueueBacklog } from "#kernel/consistency/freshness";
import { timeOf } from "#kernel/ids";
import type { JobQueue, QueuedJob } from "./backend.ts";

/** Of each state so many jobs are looked at, those first that have waited longest: a backlog may be long, and is asked for often. */
const lookedAt = 1_000;

const unfinished = ["waiting", "prioritized", "active", "delayed"] as const;

/** What lies on these queues. A job that waits for its next try counts as waiting, a dead letter does not. */
export function redisBacklog(queues: JobQueue[]): Promise<QueueBacklog[]> {
  return Promise.all(
    queues.map(async (queue) => {
      const { failed = 0, ...counts } = await queue.getJobCounts(...unfinished, "failed");
      const waiting = Object.values(counts).reduce((sum, count) => sum + count, 0);
      const jobs = waiting === 0 ? [] : await queue.getJobs([...unfinished], 0, lookedAt - 1, true);
      return {
        queue: queue.name,
        waiting,
        failed,
        oldest: oldestByTenant(jobs),
      };
    }),
  );
}

/** For each tenant, when the first event was made that one of the jobs is about. */
function oldestByTenant(jobs: QueuedJob[]): QueueBacklog["oldest"] {
  const first = new Map<string, string>();
  for (const { data } of jobs) {
    const [id] = data.eventIds;
    if (id === undefined) continue;
    const known = first.get(data.tenantId);
    if (known === undefined || id < known) first.set(data.tenantId, id);
  }
  return [...first].map(([tenantId, id]) => ({ tenantId, at: timeOf(id) }));
}
