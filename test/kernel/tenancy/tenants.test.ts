import type { Redis } from "ioredis";
import { afterEach, expect, test, vi } from "vitest";
import { newId } from "#kernel/ids";
import { type Channel, postgresChannel, redisChannel } from "#kernel/tenancy/channel";
import { openTenants, type Tenants, type TenantsOptions } from "#kernel/tenancy/tenants";
import { domains, tenants as administration } from "#modules/tenants";
import { openRedis } from "#processes/redis";
import { afterwards } from "#test/afterwards";
import { installation, log } from "#test/installation";
import { describeRedis, type RealRedis, startRedis, tunnelTo } from "#test/redis";

const { db, owner, anEditor } = await installation();
const quiet = log.child({}, { level: "silent" });

const opened: Tenants[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((tenants) => tenants.stop()));
});

/** As a process has them, once it hears of changes. */
async function aProcess(options: Partial<TenantsOptions> = {}): Promise<Tenants> {
  const tenants = openTenants({ db, log: quiet, ...options });
  opened.push(tenants);
  await vi.waitFor(() => expect(tenants.state().hears.every(({ up }) => up)).toBe(true), 10_000);
  return tenants;
}

const aHost = () => `${newId()}.example`;

/** Resolves when all have heard of every change until now: they hear of them in their order. */
async function abreast(...processes: Tenants[]): Promise<void> {
  const host = aHost();
  for (const { find } of processes) {
    // What is not looked up again is remembered, until its change is heard of.
    await vi.waitFor(
      async () =>
        expect(await lookUps(async () => expect(await find({ host })).toBeNull())).toBe(0),
      10_000,
    );
  }
  await domains.add(await anEditor(), host);
  for (const { find } of processes) {
    await vi.waitFor(async () => expect(await find({ host })).not.toBeNull(), 10_000);
  }
}

/** How often the database was asked for a tenant, by its own account. */
async function lookUps(work: () => Promise<unknown>): Promise<number> {
  const spy = vi.spyOn(db.pool, "query");
  await work();
  const asked = spy.mock.calls.filter(
    ([query]) => (query as { name?: string }).name === "find-tenant",
  );
  spy.mockRestore();
  return asked.length;
}

test("a tenant is looked up once, by each of its names, and so is one that is not there", async () => {
  const tenants = await aProcess();
  const { tenant } = await anEditor();
  const host = aHost();
  await domains.add(await anEditor(tenant), host);
  const nobody = aHost();
  const keys = [{ id: tenant.id }, { slug: tenant.slug }, { host }, { host: nobody }];
  await abreast(tenants);
  await Promise.all(keys.map((key) => tenants.find(key)));
  const before = await tenants.counts();
  const asked = await lookUps(async () => {
    for (const key of keys.slice(0, 3)) expect(await tenants.find(key)).toEqual(tenant);
    expect(await tenants.find({ host: nobody })).toBeNull();
  });
  expect(asked).toBe(0);
  const after = await tenants.counts();
  expect(after).toEqual({
    ...before,
    hits: before.hits + 3,
    negativeHits: before.negativeHits + 1,
  });
});

test("who asks for the same name at the same time waits for one look-up", async () => {
  const tenants = await aProcess();
  const { tenant } = await anEditor();
  const asked = await lookUps(async () => {
    const found = await Promise.all(
      Array.from({ length: 50 }, () => tenants.find({ slug: tenant.slug })),
    );
    expect(new Set(found.map((one) => one?.id))).toEqual(new Set([tenant.id]));
  });
  expect(asked).toBe(1);
});

test("a change is heard of by every process, whoever makes it, and no other tenant is asked for anew", async () => {
  const processes = [await aProcess(), await aProcess()];
  const ctx = await anEditor();
  const other = await anEditor();
  const host = aHost();
  await abreast(...processes);
  for (const { find } of processes) {
    expect(await find({ host })).toBeNull();
    expect(await find({ slug: other.tenant.slug })).not.toBeNull();
  }
  await domains.add(ctx, host);
  for (const { find } of processes) {
    await vi.waitFor(async () => expect(await find({ host })).toMatchObject({ id: ctx.tenant.id }));
  }
  await administration.suspend(ctx);
  for (const { find } of processes) {
    await vi.waitFor(async () =>
      expect(await find({ host })).toMatchObject({ status: "suspended" }),
    );
  }
  await owner.query("update tenants set name = 'By hand' where id = $1", [ctx.tenant.id]);
  for (const { find } of processes) {
    await vi.waitFor(async () => expect(await find({ host })).toMatchObject({ name: "By hand" }));
  }
  const slug = `s${newId().slice(-12)}`;
  await administration.rename(ctx, { slug });
  await domains.remove(ctx, host);
  for (const { find } of processes) {
    await vi.waitFor(async () => expect(await find({ host })).toBeNull());
    expect(await find({ slug: ctx.tenant.slug })).toBeNull();
    expect(await find({ slug })).toMatchObject({ id: ctx.tenant.id });
  }
  const asked = await lookUps(() =>
    Promise.all(processes.map(({ find }) => find({ slug: other.tenant.slug }))),
  );
  expect(asked).toBe(0);
});

test("what was read before a change is not remembered after it", async () => {
  const tenants = await aProcess();
  const ctx = await anEditor();
  const { query } = db.pool;
  let overtaken: Promise<unknown> | undefined;
  const spy = vi.spyOn(db.pool, "query").mockImplementation(async (...given: unknown[]) => {
    const answer: unknown = await (query as (...args: unknown[]) => unknown).apply(db.pool, given);
    if ((given[0] as { name?: string }).name === "find-tenant" && !overtaken) {
      overtaken = administration.suspend(ctx);
      await overtaken;
      // The change has been heard of by now.
      await vi.waitFor(() => expect(heard).toBe(true));
    }
    return answer;
  });
  let heard = false;
  const listener = await postgresChannel(db.url).open(
    () => (heard = true),
    () => {},
    5_000,
  );
  await tenants.find({ slug: ctx.tenant.slug });
  spy.mockRestore();
  listener.close();
  await vi.waitFor(async () =>
    expect(await tenants.find({ slug: ctx.tenant.slug })).toMatchObject({ status: "suspended" }),
  );
});

test("made-up names cost the database no more than ten look-ups a second and the roll, and drive no tenant out", async () => {
  const tenants = await aProcess();
  const { tenant } = await anEditor();
  await abreast(tenants);
  await vi.waitFor(
    async () => expect(await lookUps(() => tenants.find({ slug: tenant.slug }))).toBe(0),
    10_000,
  );
  let found: unknown[] = [];
  const before = await tenants.counts();
  const asked = await lookUps(async () => {
    found = await Promise.all(
      Array.from({ length: 3_000 }, (_, n) => tenants.find({ host: `h${n}.made-up.example` })),
    );
  });
  expect(new Set(found)).toEqual(new Set([null]));
  // The limit is by seconds of the clock, so two of them may be touched.
  expect(asked).toBeLessThanOrEqual(20);
  const { remembered } = tenants.state();
  expect(remembered.none).toBeLessThanOrEqual(1_000);
  const after = await tenants.counts();
  expect(after.lookups - before.lookups).toBeLessThanOrEqual(asked + 2);
  expect(await lookUps(() => tenants.find({ slug: tenant.slug }))).toBe(0);
});

test("while names are made up, a new tenant and a new domain are found at once", async () => {
  const tenants = await aProcess();
  const flood = () =>
    Promise.all(Array.from({ length: 200 }, () => tenants.find({ host: aHost() })));
  await flood();
  const ctx = await anEditor();
  const host = aHost();
  await domains.add(ctx, host);
  await flood();
  await vi.waitFor(async () => expect(await tenants.find({ host })).not.toBeNull(), 10_000);
  await vi.waitFor(
    async () => expect(await tenants.find({ id: ctx.tenant.id })).not.toBeNull(),
    10_000,
  );
});

test.each([
  ['{"change":"x","names":5}'],
  ['{"change":"x","names":["no name"]}'],
  ['{"change":7,"names":[]}'],
  ["null"],
  ["no JSON"],
])("what is not ours to say has everything asked for anew: %s", async (message) => {
  let say: (message: string) => void = () => {};
  const channel: Channel = {
    name: "Redis",
    open: async (hear) => {
      say = hear;
      return { ping: async () => undefined, close: () => {} };
    },
  };
  const tenants = await aProcess({ channels: [channel] });
  const { tenant } = await anEditor();
  await tenants.find({ id: tenant.id });
  expect(await lookUps(() => tenants.find({ id: tenant.id }))).toBe(0);
  say(message);
  expect(await lookUps(() => tenants.find({ id: tenant.id }))).toBe(1);
});

test("a process that hears of nothing believes what it read for a second at most", async () => {
  const never: Channel = {
    name: "PostgreSQL",
    open: () => Promise.reject(new Error("nothing is heard")),
  };
  const tenants = openTenants({ db, log: quiet, channels: [never] });
  opened.push(tenants);
  const ctx = await anEditor();
  const key = { slug: ctx.tenant.slug };
  expect(await tenants.find(key)).toMatchObject({ status: "active" });
  expect(await lookUps(() => tenants.find(key))).toBe(0);
  await administration.suspend(ctx);
  await vi.waitFor(
    async () => expect(await tenants.find(key)).toMatchObject({ status: "suspended" }),
    { timeout: 2_000 },
  );
});

test("a listener that is cut off is missed, and everything is asked for anew", async () => {
  const tenants = await aProcess();
  const { tenant } = await anEditor();
  await tenants.find({ id: tenant.id });
  await owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = 'rustok tenants'`,
  );
  await vi.waitFor(async () =>
    expect(await lookUps(() => tenants.find({ id: tenant.id }))).toBe(1),
  );
  // It rests for half a second before it connects anew.
  await vi.waitFor(
    () => expect(tenants.state().hears).toEqual([{ name: "PostgreSQL", up: true }]),
    10_000,
  );
});

describeRedis("with a Redis that processes share", () => {
  test("what one has found the other need not look up, and they count together", async () => {
    const server = await startRedis();
    const redis = [await aRedis(server.url), await aRedis(server.url)];
    const [one, other] = [await aProcess({ redis: redis[0] }), await aProcess({ redis: redis[1] })];
    const { tenant } = await anEditor();
    const nobody = aHost();
    await abreast(one, other);
    await believes(one, server);
    await believes(other, server);
    await one.find({ slug: tenant.slug });
    await one.find({ host: nobody });
    await vi.waitFor(async () => {
      expect(await server.client.keys("tenant:v1:*:*")).toEqual(
        expect.arrayContaining([`tenant:v1:slug:${tenant.slug}`, `tenant:v1:none:host:${nobody}`]),
      );
    }, 10_000);
    const asked = await lookUps(async () => {
      expect(await other.find({ slug: tenant.slug })).toEqual(tenant);
      expect(await other.find({ host: nobody })).toBeNull();
    });
    expect(asked).toBe(0);
    const ttl = await server.client.pttl(`tenant:v1:none:host:${nobody}`);
    expect(ttl).toBeGreaterThan(50_000);
    expect(ttl).toBeLessThanOrEqual(60_000);
    await one.counts();
    expect(await other.counts()).toEqual(await one.counts());
    expect((await one.counts()).lookups).toBeGreaterThanOrEqual(2);
  });

  test("a change is passed on once, and nothing of before comes back out of Redis", async () => {
    const server = await startRedis();
    const processes = [
      await aProcess({ redis: await aRedis(server.url) }),
      await aProcess({ redis: await aRedis(server.url) }),
    ];
    const said: { change: string; names: string[] }[] = [];
    const ear = server.client.duplicate();
    afterwards(() => ear.disconnect());
    await ear.subscribe("tenant.cache.invalidate");
    ear.on("message", (_, message: string) => said.push(JSON.parse(message)));
    const ctx = await anEditor();
    const host = aHost();
    const saidOfHost = () => said.filter(({ names }) => names.includes(`host:${host}`));
    await domains.add(ctx, host);
    await vi.waitFor(() => expect(saidOfHost()).toHaveLength(1));
    for (let turn = 1; turn <= 5; turn++) {
      for (const { find } of processes) await find({ host });
      const name = `Turn ${turn}`;
      await administration.update(ctx, { name });
      for (const { find } of processes) {
        await vi.waitFor(async () => expect(await find({ host })).toMatchObject({ name }));
      }
      await vi.waitFor(() => expect(saidOfHost()).toHaveLength(1 + turn));
      expect(saidOfHost().at(-1)?.names.toSorted()).toEqual([
        `host:${host}`,
        `slug:${ctx.tenant.slug}`,
        `uuid:${ctx.tenant.id}`,
      ]);
    }
    expect(new Set(saidOfHost().map(({ change }) => change)).size).toBe(6);
  });

  test("of a tenant with many hosts every part of a change is passed on, each once", async () => {
    const ctx = await anEditor();
    const hosts = Array.from({ length: 45 }, (_, n) => `h${n}.${ctx.tenant.slug}.example`);
    await owner.query(
      "insert into tenant_domains (host, tenant_id) select unnest($1::text[]), $2",
      [hosts, ctx.tenant.id],
    );
    const server = await startRedis();
    await aProcess({ redis: await aRedis(server.url) });
    await aProcess({ redis: await aRedis(server.url) });
    const said: string[] = [];
    const ear = server.client.duplicate();
    afterwards(() => ear.disconnect());
    await ear.subscribe("tenant.cache.invalidate");
    ear.on("message", (_, message: string) => {
      const { names } = JSON.parse(message) as { names: string[] };
      if (names.some((name) => name.includes(ctx.tenant.slug))) said.push(...names);
    });
    const names = [
      `slug:${ctx.tenant.slug}`,
      `uuid:${ctx.tenant.id}`,
      ...hosts.map((host) => `host:${host}`),
    ];
    // Were a part of the first change said by both processes, it would be heard before the second.
    for (const [n, name] of ["Many hosts", "Again"].entries()) {
      await administration.update(ctx, { name });
      const heard = Array.from({ length: n + 1 }, () => names).flat();
      await vi.waitFor(() => expect(said.toSorted()).toEqual(heard.toSorted()), { timeout: 5_000 });
    }
  });

  test("Redis holds no more than a thousand of each kind", async () => {
    const server = await startRedis();
    const tenants = await aProcess({ redis: await aRedis(server.url) });
    const { tenant } = await anEditor();
    await abreast(tenants);
    await believes(tenants, server);
    await tenants.find({ id: tenant.id });
    await vi.waitFor(
      async () => expect(await server.client.exists(`tenant:v1:uuid:${tenant.id}`)).toBe(1),
      10_000,
    );
    const now = Date.now();
    const held = Array.from({ length: 1_500 }, (_, n) => [now - 1, `tenant:v1:none:host:h${n}`]);
    await server.client.zadd("tenant:v1:held:none", ...held.flat());
    await tenants.find({ host: aHost() });
    await vi.waitFor(
      async () => expect(await server.client.zcard("tenant:v1:held:none")).toBe(1_000),
      10_000,
    );
    expect(await server.client.exists(`tenant:v1:uuid:${tenant.id}`)).toBe(1);
  });

  test("Redis goes away and comes back, and nobody is refused", async () => {
    const server = await startRedis();
    const tenants = await aProcess({ redis: await aRedis(server.url), beatMs: 200 });
    const ctx = await anEditor();
    let asking = true;
    let answered = 0;
    const load = (async () => {
      while (asking) {
        expect(await tenants.find({ id: ctx.tenant.id })).not.toBeNull();
        expect(await tenants.find({ host: aHost() })).toBeNull();
        answered += 1;
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const goesOn = async () => {
      const so = answered;
      await vi.waitFor(() => expect(answered).toBeGreaterThan(so + 20), { timeout: 10_000 });
    };
    await goesOn();
    await server.kill();
    await goesOn();
    await administration.update(ctx, { name: "While Redis was away" });
    await vi.waitFor(
      async () =>
        expect(await tenants.find({ id: ctx.tenant.id })).toMatchObject({
          name: "While Redis was away",
        }),
      10_000,
    );
    await server.start();
    await vi.waitFor(
      async () => expect(await server.client.keys("tenant:v1:none:*")).not.toEqual([]),
      { timeout: 10_000 },
    );
    asking = false;
    await load;
  });

  test("a subscription that falls silent is found out by its silence", async () => {
    const server = await startRedis();
    const tunnel = await tunnelTo(server.url);
    const redis = await aRedis(tunnel.url);
    // By Redis alone: what PostgreSQL says would be heard in any case.
    // The silence must deceive before it is found out, however busy the machine.
    const tenants = await aProcess({ redis, channels: [redisChannel(redis)], beatMs: 2_000 });
    const other = await aProcess({ redis: await aRedis(server.url) });
    const ctx = await anEditor();
    const key = { id: ctx.tenant.id };
    const is = (name: string) =>
      vi.waitFor(async () => expect(await tenants.find(key)).toMatchObject({ name }), {
        timeout: 10_000,
      });
    await tenants.find(key);
    await administration.update(ctx, { name: "Heard" });
    await is("Heard");
    tunnel.swallowSubscriptions();
    // Remembered again, should a word of before have come through to the last.
    await tenants.find(key);
    await administration.update(ctx, { name: "Not heard" });
    await vi.waitFor(
      async () => expect(await other.find(key)).toMatchObject({ name: "Not heard" }),
      10_000,
    );
    expect(await tenants.find(key)).toMatchObject({ name: "Heard" });
    await is("Not heard");
    expect(tenants.state().hears).toEqual([{ name: "Redis", up: false }]);
    tunnel.open();
    await vi.waitFor(() => expect(tenants.state().hears).toEqual([{ name: "Redis", up: true }]), {
      timeout: 10_000,
    });
  });
});

/** Resolves when the process keeps in Redis what it finds, as that knows of all it has heard. */
async function believes({ find }: Tenants, { client }: RealRedis): Promise<void> {
  const asked: string[] = [];
  await vi.waitFor(async () => {
    const host = aHost();
    await find({ host });
    asked.push(`tenant:v1:none:host:${host}`);
    expect(await client.exists(...asked)).toBeGreaterThan(0);
  }, 10_000);
}

async function aRedis(url: string): Promise<Redis> {
  const redis = await openRedis(url, quiet);
  afterwards(() => redis.disconnect());
  return redis;
}
