import { once } from "node:events";
import { compare, describe, load } from "../load.ts";
import { startRedis } from "../redis.ts";
import { startYardstick } from "../server.ts";
import type { Shop } from "../shop.ts";
import type { Result } from "../table.ts";
import { someHandles } from "./detail.ts";

const ports = { bare: "4114", protected: "4115", redis: 4_116 };
const seconds = 3;

/** What each request pays for security headers, CORS, limits, its number and its line in the log: the same route with and without. */
export async function benchProtection(shop: Shop): Promise<Result[]> {
  const redis = await startRedis(ports.redis);
  try {
    return [
      await benchWith(shop, "warn"),
      await benchWith(shop, "info"),
      redis
        ? await benchWith(shop, "warn", redis.url)
        : { ...aim("counted in Redis"), measured: "skipped: no Redis", yardstick: "", reached: "" },
    ];
  } finally {
    await redis?.stop();
  }
}

const aim = (how: string) => ({
  what: `Koa route with one row, protected, ${how}`,
  toReach: "report",
});

async function benchWith(shop: Shop, level: "warn" | "info", redisUrl?: string): Promise<Result> {
  const shots = (await someHandles(shop)).map((handle) => ({
    path: `/products/${encodeURIComponent(handle)}`,
  }));
  const program = "bench/yardsticks/koa-row.ts";
  const facts = [shop.databaseUrl, shop.tenantId];
  const guarded = redisUrl ? [level, redisUrl] : [level];
  const servers = await Promise.all([
    startYardstick(program, [ports.protected, ...facts, ...guarded]),
    startYardstick(program, [ports.bare, ...facts]),
  ]);
  try {
    const at = (port: string) => () => load(`http://127.0.0.1:${port}`, shots, seconds);
    const { ours, yardstick } = await compare(at(ports.protected), at(ports.bare));
    const microseconds = 1e6 / ours.perSecond - 1e6 / yardstick.perSecond;
    const how = level === "info" ? "with its line in the log" : "without a line in the log";
    return {
      ...aim(redisUrl ? "counted in Redis" : how),
      measured: describe(ours),
      yardstick: `unprotected: ${describe(yardstick)}`,
      reached: `${microseconds.toFixed(0)} µs`,
    };
  } finally {
    for (const server of servers) server.kill();
    await Promise.all(servers.map((server) => once(server, "exit")));
  }
}
