import {
  createPostgresBackend,
  type Job,
  type JobProgress,
  type JobsOptions,
  type PostgresConnectionOptions,
  type PostgresQueueBackend,
  Queue,
  Worker,
} from "bullmq";
import pg from "pg";
import { as } from "#kernel/database";
import type { QueueBacklog } from "#kernel/freshness";
import type { AnyJob, Enqueue, JobData, ScheduledJob } from "#kernel/jobs";
import { watchPool } from "#kernel/pools";
import { backlogOf } from "./queue-backlog.ts";

type PostgresQueue = Queue<
  JobData,
  unknown,
  string,
  JobData,
  unknown,
  string,
  PostgresQueueBackend,
  PostgresConnectionOptions
>;
type PostgresWorker = Worker<
  JobData,
  unknown,
  string,
  PostgresQueueBackend,
  JobProgress,
  PostgresConnectionOptions
>;

/** BullMQ on PostgreSQL: one queue for each kind of job, one shared pool of connections for them all. */
export interface Queues {
  enqueue: Enqueue;
  /** Starts a worker for the job; `handle` throwing means another try. Attempts count from 1. */
  work(
    job: AnyJob,
    concurrency: number,
    handle: (data: JobData, attempt: number) => Promise<unknown>,
  ): PostgresWorker;
  /** Has the job done every so often by one of the workers that schedule it, now for the first time. */
  schedule(job: ScheduledJob, handle: () => Promise<unknown>): Promise<PostgresWorker>;
  /** What lies on the queues of jobs; scheduled ones are not counted. */
  backlog(): Promise<QueueBacklog[]>;
  /** Rejects when the backend does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export function openQueues(options: {
  url: string;
  jobs: (AnyJob | ScheduledJob)[];
  /** Workers hold a connection each to listen on. */
  workers: boolean;
  onError(error: Error): void;
}): Queues {
  const connection = new pg.Pool({
    connectionString: options.url,
    // Nothing of the queues waits for the disk: PostgreSQL writes one log in order, so when the relay's own
    // commit is safe, the jobs it queued before are, and a job whose end is lost is done once more.
    options: `${as("rustok_queue")} -c search_path=bullmq -c synchronous_commit=off`,
    application_name: "rustok queues",
    max: 4 + (options.workers ? options.jobs.length : 0),
    keepAlive: true,
  });
  // Every queue and worker adds its own listener to the one pool.
  connection.setMaxListeners(0);
  connection.on("error", options.onError);
  const unwatch = watchPool("queues", connection);

  const queues = new Map<string, PostgresQueue>();
  const workers: PostgresWorker[] = [];

  const queueOf = (name: string, defaultJobOptions: JobsOptions): PostgresQueue => {
    const known = queues.get(name);
    if (known) return known;
    const queue: PostgresQueue = new Queue(
      name,
      { connection, defaultJobOptions },
      createPostgresBackend,
    );
    queue.on("error", options.onError);
    queues.set(name, queue);
    return queue;
  };

  const workOn = (
    name: string,
    concurrency: number,
    handle: (data: JobData, attempt: number) => Promise<unknown>,
  ) => {
    const worker: PostgresWorker = new Worker(
      name,
      (taken: Job<JobData>) => handle(taken.data, taken.attemptsMade + 1),
      {
        connection,
        concurrency,
        // The longest a lost notification can leave a job waiting, in seconds.
        drainDelay: 2,
        // A worker that was killed had its jobs for at most this long; others then take them over.
        lockDuration: 10_000,
        stalledInterval: 5_000,
        // Being killed with its process is no fault of a job: it must not become a dead letter by that.
        maxStalledCount: 20,
      },
      createPostgresBackend,
    );
    worker.on("error", options.onError);
    workers.push(worker);
    return worker;
  };

  return {
    async enqueue(requests) {
      for (const [job, ofJob] of Map.groupBy(requests, (request) => request.job)) {
        await queueOf(job.name, optionsOf(job)).addBulk(
          ofJob.map(({ data, priority = 0 }) => ({ name: job.name, data, opts: { priority } })),
        );
      }
    },
    work: (job, concurrency, handle) => workOn(job.name, concurrency, handle),
    async schedule({ name, everyMs }, handle) {
      await queueOf(name, {}).upsertJobScheduler(
        name,
        { every: everyMs },
        { opts: { removeOnComplete: { count: 20 }, removeOnFail: { count: 20 } } },
      );
      return workOn(name, 1, handle);
    },
    backlog: () =>
      backlogOf(
        connection,
        options.jobs.filter((job) => !("everyMs" in job)).map(({ name }) => name),
      ),
    async ping() {
      await connection.query("select 1");
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await connection.end();
      unwatch();
    },
  };
}

const optionsOf = ({ retry }: AnyJob): JobsOptions => ({
  attempts: retry.attempts,
  backoff: { type: "exponential", delay: retry.firstDelayMs, jitter: 0.2 },
  removeOnComplete: { age: 24 * 3600, count: 1_000 },
  // What failed for good stays, as the dead letter it is, until somebody decides.
  removeOnFail: false,
});
