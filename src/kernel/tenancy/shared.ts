import type { Redis } from "ioredis";
import type { Tenant } from "#kernel/context";
import { tenantChannel, tenantKeys } from "./keys.ts";
import type { TenantName } from "./names.ts";
import type { Limits } from "./remembered.ts";

/** What Redis says of a name. */
export interface SharedAnswer {
  /** Undefined when it knows nothing; null when it knows that there is none. */
  tenant: Tenant | null | undefined;
  /** Until when it holds, in milliseconds since 1970; 0 when it knows nothing. */
  until: number;
  /** How many changes there had been: what is read from the database next is written only if there is none more. */
  changes: string;
}

/** What processes have found of tenants, kept in the Redis they share. Any of it throws when Redis does not answer. */
export class SharedTenants {
  readonly #redis: Redis;
  readonly #limits: Limits;

  constructor(redis: Redis, limits: Limits) {
    this.#redis = redis;
    this.#limits = limits;
  }

  async read(name: TenantName): Promise<SharedAnswer> {
    const [found, none, changes] = await this.#redis.mget(
      tenantKeys.found(name),
      tenantKeys.none(name),
      tenantKeys.changes,
    );
    const stored = found ?? none;
    const known = stored ? (JSON.parse(stored) as Pick<SharedAnswer, "tenant" | "until">) : null;
    return {
      tenant: known ? known.tenant : undefined,
      until: known?.until ?? 0,
      changes: changes ?? "0",
    };
  }

  /** Keeps what was read from the database, unless something has changed since `changes` were counted. */
  async write(name: TenantName, tenant: Tenant | null, changes: string): Promise<void> {
    const kind = tenant ? "found" : "none";
    const ttlMs = this.#limits.ttlMs[kind];
    const now = Date.now();
    await this.#redis.eval(
      scripts.write,
      3,
      tenantKeys[kind](name),
      tenantKeys.held[kind],
      tenantKeys.changes,
      changes,
      JSON.stringify({ tenant, until: now + ttlMs }),
      ttlMs,
      this.#limits.capacity,
      now,
    );
  }

  /** Drops what is held under the names, and passes the change on if nobody has yet. */
  async forget(names: TenantName[], change: string): Promise<void> {
    const keys = names.flatMap((name) => [tenantKeys.found(name), tenantKeys.none(name)]);
    await this.#redis.eval(
      scripts.forget,
      4 + keys.length,
      tenantKeys.changes,
      tenantKeys.announced(change, names),
      tenantKeys.held.found,
      tenantKeys.held.none,
      ...keys,
      tenantChannel,
      JSON.stringify({ change, names }),
    );
  }

  /** Drops everything: after a time in which changes may not have been heard of. */
  async forgetAll(): Promise<void> {
    const { held, changes } = tenantKeys;
    await this.#redis.eval(scripts.forgetAll, 3, changes, held.found, held.none);
  }

  /** Adds to what all processes count together, and answers the sums. */
  async count<Name extends string>(more: Record<Name, number>): Promise<Record<Name, number>> {
    const names = Object.keys(more) as Name[];
    const grown = names.filter((name) => more[name] > 0);
    const asked = this.#redis.multi();
    for (const name of grown) asked.hincrby(tenantKeys.counts, name, more[name]);
    const replies = await asked.hmget(tenantKeys.counts, ...names).exec();
    const [error, sums] = (replies?.at(-1) ?? [new Error("no answer")]) as [Error?, string[]?];
    if (error || !sums) throw error ?? new Error("no answer");
    return Object.fromEntries(names.map((name, n) => [name, Number(sums[n] ?? 0)])) as never;
  }
}

/** Each is one step for Redis: nothing comes between. Keys that are dropped for room were all written here. */
const scripts = {
  write: `
    if (redis.call('get', KEYS[3]) or '0') ~= ARGV[1] then return 0 end
    redis.call('set', KEYS[1], ARGV[2], 'PX', ARGV[3])
    redis.call('zadd', KEYS[2], ARGV[5], KEYS[1])
    local over = redis.call('zcard', KEYS[2]) - tonumber(ARGV[4])
    if over > 0 then
      local oldest = redis.call('zpopmin', KEYS[2], over)
      for n = 1, #oldest, 2 do redis.call('del', oldest[n]) end
    end
    return 1`,
  forget: `
    redis.call('incr', KEYS[1])
    for n = 5, #KEYS do
      redis.call('del', KEYS[n])
      redis.call('zrem', KEYS[3], KEYS[n])
      redis.call('zrem', KEYS[4], KEYS[n])
    end
    if redis.call('set', KEYS[2], 1, 'NX', 'EX', 60) then
      redis.call('publish', ARGV[1], ARGV[2])
    end
    return 1`,
  forgetAll: `
    redis.call('incr', KEYS[1])
    for kind = 2, 3 do
      for _, key in ipairs(redis.call('zrange', KEYS[kind], 0, -1)) do redis.call('del', key) end
      redis.call('del', KEYS[kind])
    end
    return 1`,
};
