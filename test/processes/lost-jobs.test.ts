import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import type { RequestContext } from "#kernel/context";
import { distinct, on } from "#kernel/events/listeners";
import { Id } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { findTenant } from "#kernel/tenancy/find-tenants";
import { TagCreated, tags } from "#modules/taxonomy";
import { findLostJobs } from "#processes/lost-jobs";
import { openQueues, type Queues } from "#processes/queues";
import { startRelay } from "#processes/relay";
import { startSchedules, startWorkers } from "#processes/worker";
import { installation, log } from "#test/installation";
import { describeRedis, type RealRedis, startRedis, type Tunnel, tunnelTo } from "#test/redis";

const { anEditor, db, owner } = await installation();
const quiet = log.child({}, { level: "silent" });

let seen: string[] = [];
let isPoisoned: (id: string) => boolean = () => false;
const noticeTags = defineJob({
  name: "notice-tags",
  payload: z.object({ tagIds: z.array(Id) }),
  retry: { attempts: 1, firstDelayMs: 1 },
  run: async (_, { tagIds }) => {
    if (tagIds.some(isPoisoned)) throw new Error("poisoned");
    seen.push(...tagIds);
  },
});
const tagIds = distinct(
  (payload) => payload["tagId"],
  (ids) => ({ tagIds: ids }),
  1,
);
const listeners = [on([TagCreated], noticeTags, tagIds)];
let turns = 0;
const nightly = { name: "nightly", everyMs: 3_600_000, run: async () => void turns++ };

describeRedis("a Redis that forgets", () => {
  let redis: RealRedis;
  let tunnel: Tunnel;
  let editor: RequestContext;
  const ends: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    redis = await startRedis();
    tunnel = await tunnelTo(redis.url);
  });
  beforeEach(async () => {
    tunnel.turnTo(redis.url);
    [seen, turns, isPoisoned] = [[], 0, () => false];
    await redis.client.flushall();
    await redis.client.save();
    await owner.query(
      "truncate sys_events, event_jobs; update queue_memory set server = '', beat = 0",
    );
    editor = await anEditor();
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
    await redis.client.config("SET", "maxmemory-policy", "noeviction");
  });

  function open(): Queues {
    const jobs = [noticeTags, nightly];
    const of = { databaseUrl: db.url, redisUrl: tunnel.url, jobs };
    const queues = openQueues({ ...of, onError: () => {} });
    ends.push(() => queues.close(500));
    return queues;
  }
  function relay(queues = open(), { forgetful } = queues) {
    const lostJobs = forgetful && findLostJobs({ queues, forgetful, listeners, log: quiet });
    const { enqueue } = queues;
    const running = startRelay({ url: db.url, listeners, enqueue, lostJobs, log: quiet });
    ends.push(() => running.stop());
    return queues;
  }
  function work(queues = open()) {
    const find: typeof findTenant extends (db: never, key: infer Key) => infer Found
      ? (key: Key) => Found
      : never = (key) => findTenant(db, key);
    const of = { jobs: [noticeTags], concurrency: 2, db, findTenant: find, owners: new Map() };
    startWorkers({ queues, listeners, ...of, log: quiet });
    return queues;
  }
  let made = 0;
  const aTag = async () => {
    const handle = `tag-${++made}`;
    return (await tags.create(editor, { scope: "product", handle, name: handle })).id;
  };
  const someTags = async (count: number) => {
    const ids: string[] = [];
    for (let n = 0; n < count; n++) ids.push(await aTag());
    return ids;
  };
  const handedOver = () =>
    vi.waitFor(async () => {
      const { rowCount } = await owner.query("select from sys_events where dispatched_at is null");
      expect(rowCount).toBe(0);
    }, 15_000);
  const queued = (queues: Queues) =>
    queues.all()[0]?.getJobCountByTypes("waiting", "prioritized", "delayed", "active", "failed");
  const allSeen = (ids: string[]) =>
    vi.waitFor(() => expect(seen.toSorted()).toEqual(ids.toSorted()), 15_000);
  /** Looked at Redis once more, after now. */
  const anotherLook = async () => {
    const beat = async () =>
      (await owner.query<{ beat: string }>("select beat from queue_memory")).rows[0]?.beat;
    for (let n = 0; n < 2; n++) {
      const before = await beat();
      await vi.waitFor(async () => expect(await beat()).not.toBe(before), 10_000);
    }
  };

  test("that is flushed is given anew what was not done, and only that, once", async () => {
    const queues = relay();
    const done = await someTags(3);
    const worker = work();
    await allSeen(done);
    await worker.close();
    const left = await someTags(20);
    await handedOver();
    expect(await queued(queues)).toBe(20);
    await redis.client.flushall();
    await vi.waitFor(async () => expect(await queued(queues)).toBe(20), 10_000);
    await anotherLook();
    expect(await queued(queues)).toBe(20);
    work();
    await allSeen([...done, ...left]);
  });

  test("the control: without anybody who looks, what was flushed is lost", async () => {
    const queues = open();
    relay(queues, { ...queues, forgetful: undefined });
    await someTags(3);
    await handedOver();
    await redis.client.flushall();
    work();
    const later = await aTag();
    await allSeen([later]);
    expect(seen).toEqual([later]);
  });

  test("that comes back as it was some time ago is given what came since", async () => {
    const queues = relay();
    await someTags(5);
    await handedOver();
    await anotherLook();
    await redis.client.save();
    await someTags(7);
    await handedOver();
    expect(await queued(queues)).toBe(12);
    await redis.kill();
    const meanwhile = await someTags(2);
    await redis.start();
    expect(meanwhile).toHaveLength(2);
    await vi.waitFor(async () => expect(await queued(queues)).toBe(14), 15_000);
    await anotherLook();
    expect(await queued(queues)).toBe(14);
  });

  test("whose replica lagged when it took over is given what that did not hear of", async () => {
    const { hostname, port } = new URL(redis.url);
    const replica = await startRedis("--replicaof", hostname, port);
    const queues = relay();
    await someTags(4);
    await handedOver();
    await anotherLook();
    expect(await redis.client.wait(1, 15_000)).toBe(1);
    replica.signal("SIGSTOP");
    await someTags(6);
    await handedOver();
    expect(await queued(queues)).toBe(10);
    tunnel.turnTo(replica.url);
    replica.signal("SIGCONT");
    // What the old one still had to say is not heard any more.
    await redis.client.flushall();
    await replica.client.call("REPLICAOF", "NO", "ONE");
    await vi.waitFor(async () => expect(await queued(queues)).toBe(10), 15_000);
    work();
    await vi.waitFor(() => expect(new Set(seen).size).toBe(10), 15_000);
  });

  test("keeps its dead letters' events: they are tried anew and die again, or succeed", async () => {
    const queues = relay();
    const [sick = "", well = ""] = await someTags(2);
    isPoisoned = (id) => id === sick;
    const worker = work();
    await vi.waitFor(async () => expect(await worker.all()[0]?.getFailedCount()).toBe(1), 10_000);
    // Were the other one under way when Redis forgets it, it would be done twice.
    await vi.waitFor(async () => expect(await queued(queues)).toBe(1), 10_000);
    isPoisoned = () => false;
    await redis.client.flushall();
    await allSeen([sick, well]);
    // A job is seen before Redis is told that it is done.
    await vi.waitFor(async () => expect(await queued(queues)).toBe(0), 10_000);
  });

  test("and is away: nothing is handed over, and all of it when it is back", async () => {
    relay();
    work();
    const before = await someTags(2);
    await allSeen(before);
    await redis.kill();
    const meanwhile = await someTags(5);
    expect(seen.toSorted()).toEqual(before.toSorted());
    await redis.start();
    await allSeen([...before, ...meanwhile]);
  });

  test("and would throw jobs away is given none until that is mended", async () => {
    await redis.client.config("SET", "maxmemory-policy", "allkeys-lru");
    const queues = relay();
    const fault =
      "Redis may throw jobs away: its maxmemory-policy is allkeys-lru and has to be noeviction";
    expect(await queues.unfit()).toBe(fault);
    await someTags(3);
    expect(await queued(queues)).toBe(0);
    await redis.client.config("SET", "maxmemory-policy", "noeviction");
    await handedOver();
    expect(await queued(queues)).toBe(3);
    expect(await queues.unfit()).toBeUndefined();
  });

  test("is given its schedules anew", async () => {
    const queues = open();
    await startSchedules({ queues, schedules: [nightly], db, log: quiet });
    await vi.waitFor(() => expect(turns).toBe(1), 10_000);
    await redis.client.flushall();
    await vi.waitFor(() => expect(turns).toBe(2), 25_000);
    expect(await queues.all()[1]?.getJobSchedulersCount()).toBe(1);
  });
});
