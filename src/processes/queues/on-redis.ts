import { once } from "node:events";
import { Queue, Worker } from "bullmq";
import { Redis, type RedisOptions } from "ioredis";
import { completedKept, type QueueBackend } from "./backend.ts";
import { redisBacklog } from "./redis-backlog.ts";
import { redisJobs } from "./redis-jobs.ts";

/** What all our keys of the queues begin with. */
const prefix = "rustok";
const beatKey = `${prefix}:beat`;

/** How long whoever puts a job on a queue waits for a connection that is being made, and for an answer. */
const connectMs = 1_000;
const answerMs = 5_000;

const reconnect = { connectTimeout: 2_000, retryStrategy: (n: number) => Math.min(n * 100, 1_000) };

/** Fails at once: who puts jobs on queues has them in the outbox, and tries again. */
const impatient: RedisOptions = {
  ...reconnect,
  connectionName: "rustok-queues",
  commandTimeout: answerMs,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
};

/** Waits for as long as it takes: who works on jobs has nothing else to do. */
const patient: RedisOptions = {
  ...reconnect,
  connectionName: "rustok-workers",
  // No command of a worker's is silent for longer: a connection that swallows them is given up.
  socketTimeout: 15_000,
  maxRetriesPerRequest: null,
};

/** BullMQ on Redis. It may be away at any time, and come back with less than it had. */
export function queuesOnRedis(options: { url: string; onError(error: Error): void }): QueueBackend {
  const client = open(impatient);
  let workers: Redis | undefined;
  const queues: Queue[] = [];

  function open(how: RedisOptions): Redis {
    const redis = new Redis(options.url, how);
    // Every queue and worker adds its own listeners to the one connection.
    redis.setMaxListeners(0);
    redis.on("error", options.onError);
    return redis;
  }

  async function reachable(): Promise<void> {
    if (client.status === "ready") return;
    await once(client, "ready", { signal: AbortSignal.timeout(connectMs) }).catch(() => {
      throw new Error("Redis, which keeps the queues, does not answer.");
    });
  }

  async function told(section: string, field: string): Promise<string | undefined> {
    await reachable();
    return new RegExp(`^${field}:(.*?)\\r?$`, "m").exec(await client.info(section))?.[1];
  }

  return {
    name: `Redis at ${new URL(options.url).host}`,
    keepCompleted: () => completedKept,
    queue(name, defaultJobOptions) {
      const queue = new Queue(name, { connection: client, prefix, defaultJobOptions });
      queues.push(queue);
      return queue;
    },
    worker(name, process, settings) {
      workers ??= open(patient);
      return new Worker(name, process, { ...settings, connection: workers, prefix });
    },
    backlog: (names) =>
      redisBacklog(names.flatMap((name) => queues.filter((queue) => queue.name === name))),
    jobs: redisJobs(() => queues, client),
    reachable,
    async ping() {
      await reachable();
      await client.ping();
    },
    async unfit() {
      const policy = await told("memory", "maxmemory_policy");
      return policy === undefined || policy === "noeviction"
        ? undefined
        : `Redis may throw jobs away: its maxmemory-policy is ${policy} and has to be noeviction`;
    },
    forgetful: {
      async recall() {
        const server = await told("server", "run_id");
        const beat = await client.get(beatKey);
        return { server: server ?? "", beat: beat === null ? null : Number(beat) };
      },
      async mistrust() {
        await client.set(beatKey, -1);
      },
      async leave(beat) {
        return (await client.set(beatKey, beat, "XX")) === "OK";
      },
    },
    async close() {
      client.disconnect();
      workers?.disconnect();
    },
  };
}
