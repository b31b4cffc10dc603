import { setTimeout as delay } from "node:timers/promises";
import type { JobsOptions } from "bullmq";
import type { QueueBacklog } from "#kernel/consistency/freshness";
import type { AnyJob, Enqueue, JobData, ScheduledJob } from "#kernel/jobs/job";
import type { JobStore } from "#kernel/jobs/store";
import type {
  ForgetfulBackend,
  JobQueue,
  JobWorker,
  Process,
  QueueBackend,
} from "./queues/backend.ts";
import { goodbyeMs, Hands } from "./queues/hands.ts";
import { jobStore } from "./queues/job-store.ts";
import { queuesOnPostgres } from "./queues/on-postgres.ts";
import { queuesOnRedis } from "./queues/on-redis.ts";
import { keepScheduled } from "./queues/schedule.ts";

/** BullMQ, on Redis or on PostgreSQL: one queue for each kind of job. */
export interface Queues {
  /** For people: what they are kept in. */
  name: string;
  /** Each by its job's name, scheduled ones among them. */
  all(): JobQueue[];
  /** The jobs of single tenants; scheduled ones belong to none. */
  store: JobStore;
  /** Rejects when the jobs cannot be put there now: they are in the outbox, and the relay tries again. */
  enqueue: Enqueue;
  /** Starts a worker for the job; `handle` throwing means another try. */
  work(job: AnyJob, concurrency: number, handle: (taken: Taken) => Promise<unknown>): JobWorker;
  /** Has the job done every so often by one of the workers that schedule it, now for the first time. */
  schedule(job: ScheduledJob, handle: () => Promise<unknown>): Promise<JobWorker>;
  /** What lies on the queues of jobs; scheduled ones are not counted. */
  backlog(): Promise<QueueBacklog[]>;
  /** Rejects when the backend does not answer. */
  ping(): Promise<void>;
  /** Why jobs are not safe there; undefined when they are. */
  unfit(): Promise<string | undefined>;
  /** Present where jobs can be lost though their events are safe. */
  forgetful: ForgetfulBackend | undefined;
  /** Waits for the jobs under way, for so many milliseconds; what is not done by then goes back to its queue. */
  close(patienceMs?: number): Promise<void>;
}

/** A job that a worker has taken from its queue. */
export interface Taken {
  data: JobData;
  /** From 1. */
  attempt: number;
  priority: number;
}

export interface QueueOptions {
  /** A direct one: notifications do not get through a pooler. */
  databaseUrl: string;
  /** Absent: they are kept in PostgreSQL. */
  redisUrl?: string | undefined;
  /** Of connections to PostgreSQL, besides the one that workers listen on. */
  poolSize?: number;
  jobs: (AnyJob | ScheduledJob)[];
  onError(error: Error): void;
}

/** A backend that is away is said so once in a while, and not by each connection of each queue every second. */
const complainMs = 10_000;

export function openQueues(options: QueueOptions): Queues {
  const { jobs } = options;
  let complainedAt = -Infinity;
  const onError = (error: Error) => {
    if (performance.now() < complainedAt + complainMs) return;
    complainedAt = performance.now();
    options.onError(error);
  };
  const backend = backendOf({ ...options, onError });
  const hands = new Hands();
  let closed: Promise<void> | undefined;
  const workers: JobWorker[] = [];
  const stops: (() => void)[] = [];
  const queues = new Map<string, JobQueue>();
  for (const job of jobs) queueOf(job);

  function queueOf(job: AnyJob | ScheduledJob): JobQueue {
    const known = queues.get(job.name);
    if (known) return known;
    const queue = backend.queue(job.name, "retry" in job ? optionsOf(job) : {});
    queue.on("error", onError);
    queues.set(job.name, queue);
    return queue;
  }

  function workOn(name: string, concurrency: number, process: Process): JobWorker {
    const worker = backend.worker(name, hands.holding(process), {
      concurrency,
      // The longest a lost notification can leave a job waiting, in seconds.
      drainDelay: 5,
      // A worker that was killed had its jobs for at most this long; others then take them over.
      lockDuration: 10_000,
      stalledInterval: 5_000,
      // Being killed with its process is no fault of a job: it must not become a dead letter by that.
      maxStalledCount: 20,
      runRetryDelay: 1_000,
    });
    worker.on("error", onError);
    workers.push(worker);
    return worker;
  }

  return {
    name: backend.name,
    all: () => [...queues.values()],
    store: jobStore(jobs.filter((job) => !("everyMs" in job)).map(queueOf), backend.jobs),
    async enqueue(requests) {
      if (requests.length > 0) await backend.reachable();
      for (const [job, ofJob] of Map.groupBy(requests, (request) => request.job)) {
        const { name } = job;
        const [one, ...more] = ofJob.map(({ data, priority = 0 }) => ({
          name,
          data,
          opts: { priority, removeOnComplete: backend.keepCompleted() },
        }));
        if (!one) continue;
        // On PostgreSQL a batch goes through two temporary tables: for one job that is ten times the work.
        if (more.length === 0) await queueOf(job).add(name, one.data, one.opts);
        else await queueOf(job).addBulk([one, ...more]);
      }
    },
    work: (job, concurrency, handle) =>
      workOn(job.name, concurrency, ({ data, attemptsMade, priority }) =>
        handle({ data, attempt: attemptsMade + 1, priority }),
      ),
    async schedule(job, handle) {
      const worker = workOn(job.name, 1, handle);
      stops.push(await keepScheduled(queueOf(job), job, onError));
      return worker;
    },
    backlog: () =>
      backend.backlog(jobs.filter((job) => !("everyMs" in job)).map(({ name }) => name)),
    ping: () => backend.ping(),
    unfit: () => backend.unfit(),
    forgetful: backend.forgetful,
    close: (patienceMs = 12_000) => (closed ??= close(patienceMs)),
  };

  async function close(patienceMs: number): Promise<void> {
    for (const stop of stops) stop();
    await hands.emptied(workers, patienceMs);
    const all = Promise.allSettled([...queues.values()].map((queue) => queue.close()));
    await Promise.race([all, delay(goodbyeMs, undefined, { ref: false })]);
    await backend.close();
  }
}

function backendOf(options: QueueOptions): QueueBackend {
  const { databaseUrl, redisUrl, poolSize = 4, onError } = options;
  if (redisUrl !== undefined) return queuesOnRedis({ url: redisUrl, onError });
  return queuesOnPostgres({ url: databaseUrl, poolSize, onError });
}

const optionsOf = ({ retry }: AnyJob): JobsOptions => ({
  attempts: retry.attempts,
  backoff: { type: "exponential", delay: retry.firstDelayMs, jitter: 0.2 },
  // What failed for good stays, as the dead letter it is, until somebody decides.
  removeOnFail: false,
});
