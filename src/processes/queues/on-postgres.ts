import { createPostgresBackend, Queue, Worker } from "bullmq";
import pg from "pg";
import { as } from "#kernel/database";
import { watchPool } from "#kernel/pools";
import type { JobQueue, JobWorker, QueueBackend } from "./backend.ts";
import { backlogOf } from "./postgres-backlog.ts";
import { postgresJobs } from "./postgres-jobs.ts";

/** The connections of each process, besides one to listen on for each kind of job it works on. */
export const sharedConnections = 4;

/** BullMQ on PostgreSQL: one shared pool of connections for all queues. */
export function queuesOnPostgres(options: {
  /** A direct one: notifications do not get through a pooler. */
  url: string;
  /** How many kinds of jobs are worked on: each has a connection to listen on. */
  listening: number;
  onError(error: Error): void;
}): QueueBackend {
  const connection = new pg.Pool({
    connectionString: options.url,
    // Nothing of the queues waits for the disk: PostgreSQL writes one log in order, so when the relay's own
    // commit is safe, the jobs it queued before are, and a job whose end is lost is done once more.
    options: `${as("rustok_queue")} -c search_path=bullmq -c synchronous_commit=off`,
    application_name: "rustok queues",
    max: sharedConnections + options.listening,
    keepAlive: true,
  });
  // Every queue and worker adds its own listener to the one pool.
  connection.setMaxListeners(0);
  connection.on("error", options.onError);
  const unwatch = watchPool("queues", connection);

  const ping = async () => void (await connection.query("select 1"));
  return {
    name: "PostgreSQL",
    // BullMQ's types tell backends apart where nobody here has to.
    queue: (name, defaultJobOptions) =>
      new Queue(
        name,
        { connection, defaultJobOptions },
        createPostgresBackend,
      ) as unknown as JobQueue,
    worker: (name, process, settings) =>
      new Worker(
        name,
        process,
        { ...settings, connection },
        createPostgresBackend,
      ) as unknown as JobWorker,
    backlog: (names) => backlogOf(connection, names),
    jobs: postgresJobs(connection),
    reachable: async () => {},
    ping,
    unfit: async () => undefined,
    async close() {
      await connection.end();
      unwatch();
    },
  };
}
