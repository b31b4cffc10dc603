import { createPostgresBackend, Queue, Worker } from "bullmq";
import pg from "pg";
import { as } from "#kernel/database/database";
import { watchPool } from "#kernel/database/pools";
import { completedKept, type JobQueue, type JobWorker, type QueueBackend } from "./backend.ts";
import { backlogOf } from "./postgres-backlog.ts";
import { postgresJobs } from "./postgres-jobs.ts";
import { SharedListening } from "./shared-listening.ts";

/** The share of jobs that sweep out what was done before them: BullMQ reads all that is kept to do so, for 5 ms and more. */
const sweeping = 1 / 50;

/** BullMQ on PostgreSQL: one shared pool of connections for all queues. */
export function queuesOnPostgres(options: {
  /** A direct one: notifications do not get through a pooler. */
  url: string;
  /** Connections, besides the one that workers listen on. */
  poolSize: number;
  onError(error: Error): void;
}): QueueBackend {
  const pool = new pg.Pool({
    connectionString: options.url,
    // Nothing of the queues waits for the disk: PostgreSQL writes one log in order, so when the relay's own
    // commit is safe, the jobs it queued before are, and a job whose end is lost is done once more.
    options: `${as("rustok_queue")} -c search_path=bullmq -c synchronous_commit=off`,
    application_name: "rustok queues",
    max: options.poolSize + 1,
    keepAlive: true,
  });
  // Every queue and worker adds its own listener to the one pool.
  pool.setMaxListeners(0);
  pool.on("error", options.onError);
  const unwatch = watchPool("queues", pool);
  const connection = new SharedListening(pool);

  const ping = async () => void (await pool.query("select 1"));
  return {
    name: "PostgreSQL",
    keepCompleted: () => (Math.random() < sweeping ? completedKept : false),
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
    backlog: (names) => backlogOf(pool, names),
    jobs: postgresJobs(pool),
    reachable: async () => {},
    ping,
    unfit: async () => undefined,
    async close() {
      await connection.end();
      await pool.end();
      unwatch();
    },
  };
}
