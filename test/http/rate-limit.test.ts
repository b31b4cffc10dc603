import { once } from "node:events";
import { Redis } from "ioredis";
import { describe, expect, test } from "vitest";
import { afterwards } from "#test/afterwards";
import { installation } from "#test/installation";
import { describeRedis, startRedis } from "#test/redis";
import type { RequestsPerMinute } from "#http/rate-limit";
import { type facts, serve } from "#test/server";

const { aTenant } = await installation();

async function aServer(
  requestsPerMinute: Partial<RequestsPerMinute>,
  overrides: Parameters<typeof facts>[0] = {},
) {
  const limits = { address: 0, tenant: 0, ...requestsPerMinute };
  const { url } = await serve({
    requestsPerMinute: limits,
    trustedProxies: ["loopback"],
    ...overrides,
  });
  return async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(url + path, { headers });
    return {
      status: answer.status,
      limit: answer.headers.get("ratelimit-limit"),
      remaining: answer.headers.get("ratelimit-remaining"),
      reset: Number(answer.headers.get("ratelimit-reset")),
      retryAfter: Number(answer.headers.get("retry-after")),
      body: (await answer.json()) as { error?: { code: string }; errors?: unknown[] },
    };
  };
}
const from = (address: string) => ({ "x-forwarded-for": address });

describe("an address", () => {
  test("is refused when it has asked too often, and told until when; another is not", async () => {
    const ask = await aServer({ address: 3 });
    const first = await ask("/api/health");
    expect(first).toMatchObject({ status: 200, limit: "3", remaining: "2", reset: 60 });
    await ask("/api/health");
    expect(await ask("/api/nothing")).toMatchObject({ status: 404, remaining: "0" });
    const refused = await ask("/api/health");
    expect(refused).toMatchObject({ status: 429, limit: "3", remaining: "0" });
    expect(refused.body.error?.code).toBe("RATE_LIMITED");
    expect(refused.retryAfter).toBeGreaterThan(50);
    expect(refused.retryAfter).toBe(refused.reset);
    expect(await ask("/api/health", from("203.0.113.7"))).toMatchObject({ status: 200 });
  });

  test("hears so in GraphQL's own words at its endpoint", async () => {
    const ask = await aServer({ address: 1 });
    await ask("/api/health");
    const { status, body } = await ask("/api/graphql");
    expect([status, body.errors]).toEqual([
      429,
      [
        {
          message: expect.stringContaining("too often"),
          extensions: { code: "RATE_LIMITED", retryAfter: 60 },
        },
      ],
    ]);
  });

  test("of IPv6 is all that one subscriber has, and IPv4 is the same in either notation", async () => {
    const ask = await aServer({ address: 1 });
    expect(await ask("/api/health", from("2001:db8::1"))).toMatchObject({ status: 200 });
    expect(await ask("/api/health", from("2001:db8::2"))).toMatchObject({ status: 429 });
    expect(await ask("/api/health", from("2001:db8:0:1::1"))).toMatchObject({ status: 200 });
  });

  test("may always ask whether the server lives and is ready", async () => {
    const ask = await aServer({ address: 1 });
    await ask("/api/health");
    for (let n = 0; n < 3; n++) {
      expect(await ask("/api/health/live")).toMatchObject({ status: 200, limit: null });
      expect(await ask("/api/health/ready")).toMatchObject({ status: 200, limit: null });
    }
  });
});

test("a tenant is refused when all its callers together ask too often; another is not", async () => {
  const [ours, theirs] = [await aTenant(), await aTenant()];
  const ask = await aServer({ address: 100, tenant: 2 });
  const query = (id: string, address: string) =>
    ask("/api/graphql?query={__typename}", { "x-tenant-id": id, ...from(address) });
  expect(await query(ours.id, "203.0.113.1")).toMatchObject({
    status: 200,
    limit: "2",
    remaining: "1",
  });
  expect(await query(ours.id, "203.0.113.2")).toMatchObject({ status: 200, remaining: "0" });
  expect(await query(ours.id, "203.0.113.3")).toMatchObject({ status: 429 });
  expect(await query(theirs.id, "203.0.113.3")).toMatchObject({ status: 200 });
});

test("no limit, no headers", async () => {
  const ask = await aServer({});
  expect(await ask("/api/health")).toMatchObject({ status: 200, limit: null, remaining: null });
});

/** As a server's is: it fails at once rather than wait. */
async function connected(url: string): Promise<Redis> {
  const redis = new Redis(url, { maxRetriesPerRequest: 0, enableOfflineQueue: false });
  redis.on("error", () => {});
  afterwards(() => redis.disconnect());
  await once(redis, "ready");
  return redis;
}

describeRedis("with Redis", () => {
  test("servers count together; when it goes away each counts for itself, and nobody hears an error", async () => {
    const redis = await startRedis();
    const one = await aServer({ address: 2 }, { redis: await connected(redis.url) });
    const other = await aServer({ address: 2 }, { redis: await connected(redis.url) });
    expect(await one("/api/health")).toMatchObject({ status: 200, remaining: "1" });
    expect(await other("/api/health")).toMatchObject({ status: 200, remaining: "0" });
    expect(await one("/api/health")).toMatchObject({ status: 429 });
    await redis.kill();
    const elsewhere = from("203.0.113.7");
    expect(await one("/api/health", elsewhere)).toMatchObject({ status: 200, remaining: "1" });
    expect(await other("/api/health", elsewhere)).toMatchObject({ status: 200, remaining: "1" });
  });
});
