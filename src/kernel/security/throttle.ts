import { createHash } from "node:crypto";
import type { Redis } from "ioredis";
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from "rate-limiter-flexible";
import { RateLimited } from "#kernel/errors";

/** So many tries in so many seconds, counted from the first. */
export interface Limit {
  name: string;
  tries: number;
  seconds: number;
}

/** A limit, and whose tries it counts: an account's, an address's. */
export type Counted = readonly [Limit, string];

/** Counts tries, in the memory of this process or in Redis for all of them. */
export interface Throttle {
  /**
   * Counts one try for each, before it is known how it ends: tries side by side do not get around it.
   * Throws {@link RateLimited} when one of them has none left.
   */
  take(...counted: Counted[]): Promise<void>;
  /** Takes back one try for each: it turned out to be none. */
  giveBack(...counted: Counted[]): Promise<void>;
  /** Counts from nothing again. */
  reset(...counted: Counted[]): Promise<void>;
}

/** Without Redis, or while it does not answer, every process counts for itself. */
export function openThrottle(redis?: Redis): Throttle {
  const limiters = new Map<string, RateLimiterAbstract>();

  function limiterOf({ name, tries, seconds }: Limit): RateLimiterAbstract {
    const known = limiters.get(name);
    if (known) return known;
    const options = { keyPrefix: `rustok:throttle:${name}`, points: tries, duration: seconds };
    const own = new RateLimiterMemory(options);
    const made = redis
      ? new RateLimiterRedis({
          ...options,
          storeClient: redis,
          insuranceLimiter: own,
          // Rather than to queue the command for when it is back.
          rejectIfRedisNotReady: true,
        })
      : own;
    limiters.set(name, made);
    return made;
  }

  const each = (counted: Counted[], work: (limiter: RateLimiterAbstract, key: string) => unknown) =>
    Promise.all(counted.map(([limit, key]) => work(limiterOf(limit), digest(key))));

  return {
    async take(...counted) {
      const results = await Promise.allSettled(
        counted.map(([limit, key]) => limiterOf(limit).consume(digest(key))),
      );
      const waits: number[] = [];
      for (const result of results) {
        if (result.status === "fulfilled") continue;
        const reason: unknown = result.reason;
        if (!(reason instanceof RateLimiterRes)) throw reason;
        waits.push(reason.msBeforeNext);
      }
      if (waits.length > 0) throw new RateLimited(Math.ceil(Math.max(...waits) / 1_000));
    },
    async giveBack(...counted) {
      await each(counted, (limiter, key) => limiter.reward(key));
    },
    async reset(...counted) {
      await each(counted, (limiter, key) => limiter.delete(key));
    },
  };
}

/** Of one length, and nobody's e-mail address. */
const digest = (key: string) => createHash("sha256").update(key).digest("base64url").slice(0, 22);
