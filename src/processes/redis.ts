import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import type { Logger } from "pino";

/** How long a start waits for Redis; it goes on without, and Redis may come later. */
const startMs = 1_000;
/** The longest a request is held up by a Redis that does not answer, before it goes on without. */
const answerMs = 500;

/**
 * Opens the Redis that processes share. It may go and come back: meanwhile every command fails at once,
 * and whoever sent it has to do without.
 */
export async function openRedis(url: string, log: Logger): Promise<Redis> {
  const redis = new Redis(url, {
    connectionName: "rustok",
    connectTimeout: 2_000,
    commandTimeout: answerMs,
    // A connection that swallows what is sent is given up, and another one made.
    socketTimeout: 2 * answerMs,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(times * 100, 1_000),
  });
  let wellBefore = true;
  // Once for each time it goes away: the operator need not read the same every second.
  redis.on("error", (error: Error) => {
    if (wellBefore) log.warn({ err: error }, "Redis does not answer; it is done without");
    wellBefore = false;
  });
  redis.on("ready", () => {
    if (!wellBefore) log.info("Redis answers again");
    wellBefore = true;
  });
  await Promise.race([
    once(redis, "ready").catch(() => {}),
    delay(startMs, undefined, { ref: false }),
  ]);
  return redis;
}
