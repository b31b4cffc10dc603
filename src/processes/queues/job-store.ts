import { Conflict, DomainError, NotFound } from "#kernel/errors";
import type { JobStore, StoredJob } from "#kernel/jobs/store";
import type { JobList, JobQueue, QueuedJob } from "./backend.ts";

/** The jobs of single tenants on these queues: found as the backend can, steered by BullMQ. */
export function jobStore(queues: JobQueue[], list: JobList): JobStore {
  const names = queues.map(({ name }) => name);

  async function known(tenantId: string, id: string): Promise<StoredJob> {
    const job = await list.find(tenantId, id);
    if (!job) throw new NotFound("job", id);
    return job;
  }

  /** Once it is known to be the tenant's: what job has a number on a queue never changes. */
  async function held({ id, name }: StoredJob): Promise<QueuedJob> {
    const queue = queues.find((each) => each.name === name);
    const job = await queue?.getJob(numberOf(id));
    if (!job) throw new NotFound("job", id);
    return job;
  }

  return {
    names,
    list: (tenantId, wanted, page) => list.list(tenantId, wanted, page),
    count: (tenantId, wanted) => list.count(tenantId, wanted),
    find: (tenantId, id) => list.find(tenantId, id),

    async retry(tenantId, id) {
      const stored = await known(tenantId, id);
      const job = await held(stored);
      if (stored.state === "failed") {
        const anew = { resetAttemptsMade: true, resetAttemptsStarted: true };
        await unlessItWentOn(id, job.retry("failed", anew));
      } else if (stored.state === "delayed") {
        await unlessItWentOn(id, job.promote());
      } else {
        throw new Conflict(`The job ${id} has not failed: it is ${stored.state}.`);
      }
      // It may be done by now, and even forgotten.
      return (await list.find(tenantId, id)) ?? { ...stored, state: "completed" };
    },

    async discard(tenantId, id) {
      const stored = await known(tenantId, id);
      if (stored.state === "active" || stored.state === "completed") {
        throw new Conflict(`The job ${id} cannot be discarded: it is ${stored.state}.`);
      }
      const job = await held(stored);
      await unlessItWentOn(id, job.remove());
      return stored;
    },
  };
}

/** The name of its queue, a colon, and the number that it has there. */
export const idOf = (queue: string, number: string) => `${queue}:${number}`;
export const queueNameOf = (id: string) => id.slice(0, id.indexOf(":"));
export const numberOf = (id: string) => id.slice(id.indexOf(":") + 1);

/** BullMQ refuses by errors with a negative code what is not in the state it was in a moment ago. */
async function unlessItWentOn(id: string, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    const { code } = error as { code?: unknown };
    const refused = typeof code === "number" || /could not be removed/.test(String(error));
    if (!refused || error instanceof DomainError) throw error;
    throw new Conflict(`The job ${id} has gone on meanwhile.`);
  }
}
