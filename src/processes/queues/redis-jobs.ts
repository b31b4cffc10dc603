import type { JobType } from "bullmq";
import type { Redis } from "ioredis";
import type { JobPosition, JobState, StoredJob, WantedJobs } from "#kernel/jobs/store";
import type { JobList, JobQueue, QueuedJob } from "./backend.ts";
import { idOf, numberOf, queueNameOf } from "./job-store.ts";

/**
 * How many jobs one question looks through, about. Redis has no index of whose they
 * are, so the latest are read of each queue and state asked for, and what lies further back is
 * not found.
 */
const lookedThrough = 10_000;
/** Of one queue and state at least. */
const least = 100;

/** BullMQ's names for the states; those with a priority lie apart. */
const types: Record<JobState, JobType[]> = {
  waiting: ["waiting", "prioritized"],
  active: ["active"],
  delayed: ["delayed"],
  failed: ["failed"],
  completed: ["completed"],
};

/** Finds a tenant's jobs by looking through the latest there are. */
export function redisJobs(queues: () => JobQueue[], client: Redis): JobList {
  async function found(tenantId: string, wanted: WantedJobs): Promise<StoredJob[]> {
    const asked = queues().filter(({ name }) => wanted.names.includes(name));
    const places = asked.flatMap((queue) => wanted.states.map((state) => ({ queue, state })));
    const each = Math.max(least, Math.floor(lookedThrough / Math.max(1, places.length)));
    const jobs = new Map<string, StoredJob>();
    // One after the other: what they hold is only a moment in memory.
    for (const { queue, state } of places) {
      for (const type of types[state]) {
        const latest = await queue.getJobs([type], 0, each - 1);
        for (const job of latest.filter((one) => one?.data.tenantId === tenantId)) {
          const stored = await storedJob(job, state);
          if (isWanted(stored, wanted)) jobs.set(stored.id, stored);
        }
      }
    }
    return [...jobs.values()].toSorted(latestFirst);
  }

  async function storedJob(job: QueuedJob, state: JobState): Promise<StoredJob> {
    const { id = "", queueName, data } = job;
    return {
      id: idOf(queueName, id),
      name: queueName,
      state,
      tenantId: data.tenantId,
      eventIds: data.eventIds,
      attempts: job.attemptsMade,
      maxAttempts: job.opts.attempts ?? 1,
      reason: job.failedReason || null,
      addedAt: new Date(job.timestamp),
      dueAt: state === "delayed" ? await dueAt(queueName, id) : null,
      startedAt: dateOf(job.processedOn),
      finishedAt: dateOf(job.finishedOn),
    };
  }

  /** BullMQ keeps the moment in the upper bits of the place in the queue of what is delayed. */
  async function dueAt(queueName: string, id: string): Promise<Date | null> {
    const queue = queues().find(({ name }) => name === queueName);
    const score = queue && (await client.zscore(queue.toKey("delayed"), id));
    return score ? new Date(Math.floor(Number(score) / 0x1000)) : null;
  }

  return {
    async list(tenantId, wanted, { first, after }) {
      const jobs = await found(tenantId, wanted);
      return jobs.filter((job) => !after || latestFirst(job, after) > 0).slice(0, first);
    },
    count: async (tenantId, wanted) => (await found(tenantId, wanted)).length,
    async find(tenantId, id) {
      const queue = queues().find(({ name }) => name === queueNameOf(id));
      const job = await queue?.getJob(numberOf(id));
      if (job?.data.tenantId !== tenantId) return null;
      const state = stateOf(await job.getState());
      return state ? storedJob(job, state) : null;
    },
  };
}

const stateOf = (name: string): JobState | undefined =>
  (Object.keys(types) as JobState[]).find((state) => (types[state] as string[]).includes(name));

/** The same order as PostgreSQL's. */
function latestFirst(one: JobPosition, other: JobPosition): number {
  const later = other.addedAt.getTime() - one.addedAt.getTime();
  return later || (one.id < other.id ? 1 : one.id > other.id ? -1 : 0);
}

const isWanted = ({ eventIds, addedAt }: StoredJob, wanted: WantedJobs): boolean =>
  (wanted.eventIds?.some((id) => eventIds.includes(id)) ?? true) &&
  addedAt >= (wanted.addedFrom ?? addedAt) &&
  addedAt <= (wanted.addedTo ?? addedAt);

const dateOf = (ms: number | null | undefined) => (ms ? new Date(ms) : null);
