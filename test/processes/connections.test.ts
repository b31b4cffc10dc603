import { afterEach, expect, test, vi } from "vitest";
import { loadConfig } from "#config";
import { openTenants, type Tenants } from "#kernel/tenancy/tenants";
import { connectionsOf, makeSureTheyFit, TooManyConnections } from "#processes/connections";
import { installation, log, secret } from "#test/installation";

const { db, owner } = await installation();
const configured = (env: NodeJS.ProcessEnv = {}) =>
  loadConfig({ NODE_ENV: "test", RUSTOK_SECRET: secret, ...env });

const opened: Tenants[] = [];
afterEach(() => Promise.all(opened.splice(0).map((each) => each.stop())));

test("what a process may open follows from its roles, its pools and where its queues are", () => {
  const of = (roles: string[], env?: NodeJS.ProcessEnv) => connectionsOf(roles, configured(env));
  const redis = { REDIS_URL: "redis://127.0.0.1:1" };
  expect(of(["web"])).toBe(20 + 5 + 1);
  expect(of(["web"], redis)).toBe(20 + 1);
  expect(of(["worker"])).toBe(20 + 5 + 1);
  expect(of(["worker"], { ...redis, DATABASE_POOL_SIZE: "3" })).toBe(6 + 1);
  expect(of(["relay"], redis)).toBe(4 + 2);
  expect(of(["relay"], { QUEUE_POOL_SIZE: "2" })).toBe(4 + 3 + 2);
  const pooler = { DATABASE_URL: "postgres://pooler/x", DATABASE_DIRECT_URL: "postgres://db/x" };
  expect(of(["web"], { ...redis, ...pooler })).toBe(1);
});

test("one that does not fit beside those that run is refused, with the numbers and what to do", async () => {
  const { rows } = await owner.query<{ room: number }>(
    `select current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer
       - current_setting('reserved_connections')::integer as room`,
  );
  const room = rows[0]?.room ?? 0;
  await makeSureTheyFit(db.url, 10);
  await expect(makeSureTheyFit(db.url, room + 1)).rejects.toThrow(TooManyConnections);
  // Other files' processes may run on the same cluster.
  opened.push(openTenants({ db, log, connections: room - 5 }));
  await vi.waitFor(async () => {
    const refusal = makeSureTheyFit(db.url, 10);
    await expect(refusal).rejects.toThrow(TooManyConnections);
    await expect(refusal).rejects.toThrow(
      new RegExp(`may open 10 connections .* beside \\d+ of \\d+ .* has ${room} .*REDIS_URL`),
    );
  }, 10_000);
});
