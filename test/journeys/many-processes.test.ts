import { beforeAll, describe, expect, test } from "vitest";
import { startEmbeddedPostgres } from "#processes/postgres/embedded";
import { install, type Installed, type Role } from "#test/process";
import { describeRedis, type RealRedis, startRedis } from "#test/redis";
import { signIn } from "./an-administrator.ts";
import { missing } from "./many-processes/steps.ts";
import { someProducts, write } from "./many-processes/writing.ts";
import { anOnlooker, type Onlooker, rest, until } from "./onlooker.ts";

/** The whole size is `MANY_WRITES=10000 MANY_PER_SECOND=100 MANY_OUTAGE_MS=60000 npm test`. */
const writes = Number(process.env["MANY_WRITES"] || 400);
const perSecond = Number(process.env["MANY_PER_SECOND"] || 25);
const outageMs = Number(process.env["MANY_OUTAGE_MS"] || 3_000);
const terminations = 20;
const drainMs = 60_000;
const limitMs = 240_000 + (writes / perSecond) * 2_000 + outageMs;
const roles = ["web", "worker", "relay"] as const;

/** Two of each role on one database, each in a process of its own. */
async function twoOfEach(redis?: RealRedis) {
  const env: NodeJS.ProcessEnv = {
    RUSTOK_SECRET: "a secret that two servers have in common, for a test",
    ...(redis && { RUSTOK_REDIS_URL: redis.url }),
  };
  const one = await install({ env });
  const postgres = await startEmbeddedPostgres({ directory: one.home });
  env["DATABASE_URL"] = postgres.url;
  const other = await install({ env });
  const servers = [one, other];
  const administrator = await signIn(one, await one.start("web"));
  await other.start("web");
  const background = ["worker", "relay"] as const;
  for (const server of servers) for (const role of background) await server.start(role);
  const onlooker = await anOnlooker(postgres.url, undefined, redis?.url);
  const products = await someProducts(administrator, 40);
  return { servers, administrators: [administrator, administrator.at(other)], products, onlooker };
}

/** One after the other, all through the writing. */
async function killInTurn(servers: Installed[], share: () => number): Promise<void> {
  const turns = roles.flatMap((role) => servers.map((server): [Installed, Role] => [server, role]));
  for (const [turn, [server, role]] of turns.entries()) {
    while (share() < (turn + 0.5) / turns.length) await rest(20);
    await server.end("SIGKILL", role);
    await server.start(role);
  }
}

async function tell(onlooker: Onlooker, said: Record<string, unknown>): Promise<void> {
  const began = performance.now();
  const drained = async () => {
    const steps = await missing(onlooker);
    return steps.length === 0 || `${steps.length} steps are missing, such as ${steps[0]}`;
  };
  await until(drained, 3 * drainMs);
  await onlooker.rest(drainMs);
  const drainedMs = Math.round(performance.now() - began);
  process.stderr.write(`many processes: ${JSON.stringify({ writes, ...said, drainedMs })}\n`);
  expect(await onlooker.differences()).toEqual([]);
  expect((await onlooker.failed()).filter(({ scheduled }) => !scheduled)).toEqual([]);
  expect(drainedMs).toBeLessThan(drainMs);
}

describeRedis("two of each role, with their queues on Redis", () => {
  let redis: RealRedis;
  let all: Awaited<ReturnType<typeof twoOfEach>>;

  beforeAll(async () => {
    redis = await startRedis();
    all = await twoOfEach(redis);
  }, 400_000);

  test(
    `each is killed in turn and Redis is gone for ${outageMs} ms: ${writes} writes succeed and are everywhere`,
    async () => {
      const { servers, administrators, products, onlooker } = all;
      const writing = write({ servers: administrators, products, count: writes, perSecond });
      const killing = killInTurn(servers, writing.share);
      while (writing.share() < 0.3) await rest(20);
      await redis.kill();
      await rest(outageMs);
      await redis.start();
      const { failed } = await writing.done;
      await killing;
      expect(failed).toBe(0);
      await tell(onlooker, { backend: "Redis", outageMs });
    },
    limitMs,
  );
});

describe("two of each role, with their queues in PostgreSQL", () => {
  let all: Awaited<ReturnType<typeof twoOfEach>>;

  beforeAll(async () => {
    all = await twoOfEach();
  }, 400_000);

  test(
    `each is killed in turn and what listens is cut off ${terminations} times: ${writes} writes succeed and are everywhere`,
    async () => {
      const { servers, administrators, products, onlooker } = all;
      const writing = write({ servers: administrators, products, count: writes, perSecond });
      const killing = killInTurn(servers, writing.share);
      let cut = 0;
      for (let time = 0; time < terminations; time++) {
        while (writing.share() < (time + 0.5) / terminations) await rest(20);
        const [row] = await onlooker.query<{ n: number }>(
          `select count(pg_terminate_backend(pid))::integer as n from pg_stat_activity
           where application_name like 'rustok%' and query ilike 'listen %'`,
        );
        cut += row?.n ?? 0;
      }
      const { failed } = await writing.done;
      await killing;
      expect(failed).toBe(0);
      expect(cut).toBeGreaterThan(terminations);
      await tell(onlooker, { backend: "PostgreSQL", cut });
    },
    limitMs,
  );
});
