import type { Redis } from "ioredis";
import type { Context, Next } from "koa";
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from "rate-limiter-flexible";
import { RateLimited } from "#kernel/errors";
import { networkOf } from "#kernel/security/network";
import { forwarded } from "./forwarded.ts";

/** How many requests one may send in a minute, by what it is counted. */
export interface RequestsPerMinute {
  address: number;
  tenant: number;
}

const windowSeconds = 60;

/** Counts a request; throws {@link RateLimited} when it is one too many. */
export type Limit = (ctx: Context, key: string) => Promise<void>;

/**
 * Counts by key, each minute anew: in Redis for all processes together, in memory for each by itself
 * where there is none or it does not answer. 0 a minute: counts nothing.
 */
export function limit(name: string, perMinute: number, redis?: Redis): Limit {
  if (perMinute === 0) return async () => {};
  const options = { keyPrefix: `rustok:rate:${name}`, points: perMinute, duration: windowSeconds };
  const memory = new RateLimiterMemory(options);
  const limiter = redis
    ? new RateLimiterRedis({
        ...options,
        storeClient: redis,
        insuranceLimiter: memory,
        rejectIfRedisNotReady: true,
        // Who is past the limit costs Redis nothing more.
        inMemoryBlockOnConsumed: perMinute + 1,
      })
    : memory;
  return async (ctx, key) => {
    let found: RateLimiterRes;
    try {
      found = await limiter.consume(key);
    } catch (refusal) {
      if (refusal instanceof Error) throw refusal;
      const { msBeforeNext } = refusal as RateLimiterRes;
      const waitSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
      tell(ctx, perMinute, 0, waitSeconds);
      throw new RateLimited(waitSeconds);
    }
    tell(ctx, perMinute, found.remainingPoints, Math.ceil(found.msBeforeNext / 1000));
  };
}

/** Of several limits, the headers are about the one that is nearest. */
function tell(ctx: Context, perMinute: number, remaining: number, resetSeconds: number): void {
  const told = ctx.response.get("RateLimit-Remaining");
  if (told !== "" && Number(told) < remaining) return;
  ctx.set("RateLimit-Limit", String(perMinute));
  ctx.set("RateLimit-Remaining", String(remaining));
  ctx.set("RateLimit-Reset", String(resetSeconds));
}

/** Asked by who watches over the process; refused, it would be taken for dead. */
const probes = ["/api/health/live", "/api/health/ready"];

/** Limits what one address may send. */
export function limitAddresses(perMinute: number, redis?: Redis) {
  const consume = limit("address", perMinute, redis);
  return async (ctx: Context, next: Next): Promise<void> => {
    if (!probes.includes(ctx.path)) await consume(ctx, networkOf(forwarded(ctx).address));
    return next();
  };
}
