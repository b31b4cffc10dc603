import type pg from "pg";
import type { Logger } from "pino";
import { jobsFor } from "#kernel/events/dispatch";
import type { Listener } from "#kernel/events/listeners";
import { alone, handedOverSince } from "#kernel/events/outbox";
import type { Enqueue } from "#kernel/jobs/job";
import { doneSteps } from "#kernel/jobs/steps";
import type { ForgetfulBackend, JobQueue } from "./queues/backend.ts";
import type { Queues } from "./queues.ts";

/** How often to look whether Redis still has what it was given. */
const lookMs = 2_000;
/** Handing over begins before jobs are on their queues: by so much at most. */
const marginMs = 60_000;
/** What became of older events is forgotten, so nobody can tell what they still lack. */
const longestMs = 6 * 24 * 3_600_000;
/** The longest that Redis may take to tell what it has, in milliseconds. */
const readingMs = 60_000;
/** How many jobs are read at once. */
const pageSize = 1_000;

export interface LostJobs {
  /** Makes sure that nothing is lost, at most every two seconds. Rejects while jobs are not safe with Redis. */
  look(relay: pg.Client, enqueue: Enqueue): Promise<void>;
}

/**
 * Redis may come back empty (a flush, a replica that had nothing) or as it was some time ago (an older
 * dump, a replica that lagged). The relays leave a moment with it, and keep in the database which moment
 * that was and which server took it. When either is not what it was, they hand over again what was handed
 * over since: only to those listeners whose jobs are neither done nor on a queue.
 */
export function findLostJobs(options: {
  queues: Pick<Queues, "all" | "unfit">;
  forgetful: ForgetfulBackend;
  listeners: Listener[];
  log: Logger;
}): LostJobs {
  const { queues, forgetful, listeners, log } = options;
  let lookedAt = -Infinity;

  /** One relay at a time; the others go on with their work. */
  async function compare(relay: pg.Client, enqueue: Enqueue): Promise<void> {
    const { rows } = await relay.query<{ server: string; beat: number; now: number }>(
      `select server, beat::float8 as beat, floor(extract(epoch from clock_timestamp()) * 1000)::float8 as now
       from queue_memory for update skip locked`,
    );
    const [known] = rows;
    if (!known) return;
    const { server, beat } = await forgetful.recall();
    if (server !== known.server || beat === null || beat < known.beat) {
      await forgetful.mistrust();
      const since = beat === null ? 0 : Math.min(beat, known.beat) - marginMs;
      const jobs = await handOverAgain(relay, enqueue, Math.max(since, known.now - longestMs));
      log.warn(
        { server, beat, known, jobs },
        "Redis is not as it was; what it lost is queued anew",
      );
    }
    const next = Math.max(known.beat + 1, known.now);
    if (!(await forgetful.leave(next))) throw new Error("Redis was emptied a moment ago.");
    await relay.query("update queue_memory set server = $1, beat = $2", [server, next]);
  }

  /** Answers how many jobs that made. */
  async function handOverAgain(relay: pg.Client, enqueue: Enqueue, since: number): Promise<number> {
    // The queues are read meanwhile, however much lies on them.
    await relay.query(`set local idle_in_transaction_session_timeout = ${readingMs}`);
    // Whoever is handing over has either ended, and is seen, or begins when this is done.
    await alone(relay);
    const queued = await stepsOn(queues.all());
    let jobs = 0;
    for await (const events of handedOverSince(relay, new Date(since), pageSize)) {
      const done = await doneSteps(
        relay,
        events.map(({ id }) => id),
      );
      const requests = jobsFor(events, listeners, ({ id }, { name }) => {
        const step = `${id} ${name}`;
        return !done.has(step) && !queued.has(step);
      });
      await enqueue(requests);
      jobs += requests.length;
    }
    return jobs;
  }

  return {
    async look(relay, enqueue) {
      if (performance.now() < lookedAt + lookMs) return;
      const fault = await queues.unfit();
      if (fault) throw new Error(fault);
      await relay.query("begin; set local synchronous_commit = off");
      try {
        await compare(relay, enqueue);
        await relay.query("commit");
      } catch (error) {
        await relay.query("rollback").catch(() => {});
        throw error;
      }
      lookedAt = performance.now();
    },
  };
}

/** Dead letters, too, are on their queue. A job that has moved on meanwhile is done, and on record as that. */
const unfinished = ["waiting", "prioritized", "delayed", "active", "failed"] as const;

/** Every event and job on the queues, as `doneSteps` writes them. */
async function stepsOn(queues: JobQueue[]): Promise<Set<string>> {
  const steps = new Set<string>();
  for (const queue of queues) {
    for (const state of unfinished) {
      for (let from = 0; ; from += pageSize) {
        const jobs = await queue.getJobs([state], from, from + pageSize - 1, true);
        for (const { data } of jobs) {
          for (const id of data?.eventIds ?? []) steps.add(`${id} ${queue.name}`);
        }
        if (jobs.length < pageSize) break;
      }
    }
  }
  return steps;
}
