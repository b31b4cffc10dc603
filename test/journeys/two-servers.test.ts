import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { startEmbeddedPostgres } from "#processes/postgres/embedded";
import { install, type Installed } from "#test/process";
import { describeRedis, type RealRedis, startRedis, type Tunnel, tunnelTo } from "#test/redis";
import { type Administrator, signIn } from "./an-administrator.ts";
import { anOnlooker, type Onlooker, until } from "./onlooker.ts";
import { askAs, load, tenantMetrics } from "./two-servers/asking.ts";

/** How many hosts are made up, at 500 a second. The whole size is `RANDOM_HOSTS=10000 npm test`. */
const randomHosts = Number(process.env["RANDOM_HOSTS"] || 1_500);
const perSecond = 500;

// Limits on requests are not what is tried here.
const env = { RATE_LIMIT_ADDRESS: "0", RATE_LIMIT_TENANT: "0" };

describeRedis("two servers on one Redis", () => {
  let redis: RealRedis;
  let tunnel: Tunnel;
  let one: Installed;
  let other: Installed;
  let administrator: Administrator;
  let onlooker: Onlooker;

  beforeAll(async () => {
    redis = await startRedis();
    tunnel = await tunnelTo(redis.url);
    one = await install({ env: { ...env, RUSTOK_REDIS_URL: redis.url } });
    administrator = await signIn(one, await one.start());
    const { url } = await startEmbeddedPostgres({ directory: one.home });
    other = await install({ env: { ...env, RUSTOK_REDIS_URL: tunnel.url, DATABASE_URL: url } });
    await other.start("web");
    onlooker = await anOnlooker(url);
    await until(async () => (await tenantMetrics(other)).hears.redis === 1, 10_000);
  }, 300_000);

  const change = (what: "addDomain" | "removeDomain", host: string) =>
    administrator.attempt(
      `mutation ($host: String!) { ${what}(input: { host: $host }) { domains } }`,
      { host },
    );
  const answers = (server: Installed, host: string, status: number, withinMs: number) =>
    until(async () => (await askAs(server, host)) === status, withinMs);

  test("a domain change on one is live on the other within two seconds", async () => {
    const host = "new.example";
    expect([await askAs(one, host), await askAs(other, host)]).toEqual([404, 404]);
    await change("addDomain", host);
    await Promise.all([answers(other, host, 200, 2_000), answers(one, host, 200, 2_000)]);
    await change("removeDomain", host);
    await Promise.all([answers(other, host, 404, 2_000), answers(one, host, 404, 2_000)]);
  });

  test("and within thirty where the other's subscription is swallowed", async () => {
    const host = "swallowed.example";
    expect(await askAs(other, host)).toBe(404);
    tunnel.swallowSubscriptions();
    await change("addDomain", host);
    await answers(other, host, 200, 30_000);
    await until(async () => (await tenantMetrics(other)).hears.redis === 0, 30_000);
    tunnel.open();
    await until(async () => (await tenantMetrics(other)).hears.redis === 1, 30_000);
    expect(await askAs(other, host)).toBe(200);
  }, 90_000);

  test(`${randomHosts} made-up hosts cost the database at most 50 look-ups a second, and no tenant its place`, async () => {
    const host = "127.0.0.1";
    const servers = [one, other];
    const { lookups: before = 0 } = (await tenantMetrics(one)).counts;
    const began = performance.now();
    let loading = true;
    const bySecond = (async () => {
      const grown: number[] = [];
      for (let last = before, since = began; loading;) {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        const { lookups = 0 } = (await tenantMetrics(one)).counts;
        // On a busy machine it is more than a second.
        const now = performance.now();
        grown.push((lookups - last) / ((now - since) / 1_000));
        [last, since] = [lookups, now];
      }
      return grown;
    })();
    const statuses = await load(randomHosts, perSecond, (turn) =>
      askAs(turn % 2 === 0 ? one : other, turn % 50 === 0 ? host : `${randomUUID()}.example`),
    );
    loading = false;
    expect(Math.max(...(await bySecond))).toBeLessThanOrEqual(50);
    const known = Math.ceil(randomHosts / 50);
    expect(statuses).toEqual({ 200: known, 404: randomHosts - known });
    const { counts } = await tenantMetrics(one);
    const seconds = (performance.now() - began) / 1_000;
    expect(((counts.lookups ?? 0) - before) / seconds).toBeLessThanOrEqual(50);
    for (const server of servers) {
      const { found = 0, none = 0 } = (await tenantMetrics(server)).remembered;
      expect(found).toBeLessThanOrEqual(1_000);
      expect(none).toBeLessThanOrEqual(1_000);
    }
    expect((await redis.client.keys("tenant:v1:none:*")).length).toBeLessThanOrEqual(1_000);
    await until(async () => {
      const [mine, theirs] = await Promise.all(servers.map(tenantMetrics));
      return JSON.stringify(mine?.counts) === JSON.stringify(theirs?.counts);
    }, 5_000);
  }, 120_000);

  test("Redis is killed under load and comes back, and no request fails", async () => {
    const host = "127.0.0.1";
    const loading = load(800, 200, (turn) =>
      askAs(turn % 2 === 0 ? one : other, turn % 4 < 2 ? host : `${randomUUID()}.example`),
    );
    await until(async () => (await tenantMetrics(one)).hears.redis === 1, 5_000);
    await redis.kill();
    await until(async () => (await tenantMetrics(one)).hears.redis === 0, 5_000);
    await change("addDomain", "meanwhile.example");
    await answers(other, "meanwhile.example", 200, 2_000);
    await redis.start();
    expect(await loading).toEqual({ 200: 400, 404: 400 });
    for (const server of [one, other]) {
      await until(async () => (await tenantMetrics(server)).hears.redis === 1, 10_000);
    }
  }, 60_000);

  test("a suspended tenant is refused by both within two seconds, and served again when resumed", async () => {
    const host = "127.0.0.1";
    const command = one.command("tenant:suspend", "demo");
    const refusedAt = await Promise.all(
      [one, other].map(async (server) => {
        await answers(server, host, 403, 20_000);
        return Date.now();
      }),
    );
    expect(await command.ended).toBe(0);
    const [row] = await onlooker.query<{ at: Date }>(
      "select suspended_at as at from tenants where slug = 'demo'",
    );
    expect(Math.max(...refusedAt) - Number(row?.at)).toBeLessThan(2_000);
    expect(await one.command("tenant:resume", "demo").ended).toBe(0);
    await Promise.all([one, other].map((server) => answers(server, host, 200, 2_000)));
  }, 60_000);

  test("a tenant is created, changed, exported and deleted by commands, and the servers follow", async () => {
    const host = "short-lived.example";
    const file = join(one.home, "short-lived.ndjson");
    const told = async (...words: string[]) => {
      const command = one.command(...words);
      return { code: await command.ended, said: command.said() };
    };
    const given = "--name Kiln --administrator ann@example.com --locale en --currency EUR";
    const domain = ["--domain", host];
    expect(await told("tenant:create", "kiln", ...given.split(" "), ...domain)).toMatchObject({
      code: 0,
    });
    await Promise.all([one, other].map((server) => answers(server, host, 200, 2_000)));
    const changed = await told("tenant:update", "kiln", "--locale", "de", "en");
    expect(JSON.parse(changed.said)).toMatchObject({ defaultLocale: "de", locales: ["de", "en"] });
    const mistaken = await told("tenant:delete", "kiln", "--confirm", "other", "--export", file);
    expect(mistaken).toEqual({ code: 1, said: "confirm: must be the tenant's slug\n" });
    const gone = await told("tenant:delete", "kiln", "--confirm", "kiln", "--export", file);
    expect(gone).toEqual({ code: 0, said: `kiln is deleted. What it had is in ${file}.\n` });
    expect((await readFile(file, "utf8")).trimEnd().split("\n").at(-1)).toMatch(/^\{"end":true/);
    await Promise.all([one, other].map((server) => answers(server, host, 404, 2_000)));
  }, 60_000);
});
