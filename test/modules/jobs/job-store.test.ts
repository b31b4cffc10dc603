import { beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { newId } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { jobStates, type JobStore, type WantedJobs } from "#kernel/jobs/store";
import { openQueues, type Queues } from "#processes/queues";
import { afterwards } from "#test/afterwards";
import { installation } from "#test/installation";
import { redisVersion, startRedis } from "#test/redis";

const { db } = await installation();

const aJob = (name: string) =>
  defineJob({
    name,
    payload: z.object({}),
    retry: { attempts: 2, firstDelayMs: 1 },
    run: async () => {},
  });
/** One is worked on and fails for as long as `broken`, the other only lies there. */
const [tried, lying] = [aJob("tried"), aJob("lying")];

const backends = ["PostgreSQL", ...(redisVersion ? ["Redis"] : [])];

describe.each(backends)("on %s", (backend) => {
  const [us, them] = [newId(), newId()];
  const events = Array.from({ length: 5 }, () => newId());
  let broken = true;
  let queues: Queues;
  let store: JobStore;
  let theirs: string;

  const wanted = (some: Partial<WantedJobs> = {}): WantedJobs => ({
    names: store.names,
    states: jobStates,
    ...some,
  });
  const list = (tenantId: string, some: Partial<WantedJobs> = {}, first = 100) =>
    store.list(tenantId, wanted(some), { first });

  beforeAll(async () => {
    const redisUrl = backend === "Redis" ? (await startRedis()).url : undefined;
    const open = () => {
      const opened = openQueues({
        databaseUrl: db.url,
        redisUrl,
        jobs: [tried, lying],
        onError: () => {},
      });
      afterwards(() => opened.close());
      return opened;
    };
    queues = open();
    ({ store } = queues);
    open().work(tried, 1, async () => {
      if (broken) throw new Error("out of order");
    });
    const enqueue = async (job: typeof tried, tenantId: string, eventIds: string[]) =>
      queues.enqueue([{ job, data: { tenantId, eventIds, payload: {} } }]);
    await enqueue(tried, us, events.slice(0, 2));
    await enqueue(tried, them, [newId()]);
    for (const event of events.slice(2)) await enqueue(lying, us, [event]);
    const dead = (each: string) => store.count(each, wanted({ states: ["failed"] }));
    await vi.waitUntil(async () => (await dead(us)) === 1 && (await dead(them)) === 1, {
      timeout: 60_000,
    });
    theirs = (await list(them))[0]?.id ?? "";
  }, 120_000);

  test("a tenant sees its jobs alone, those added last first, page by page", async () => {
    const all = await list(us);
    expect(all.map(({ name, state, eventIds }) => ({ name, state, eventIds }))).toEqual([
      ...events
        .slice(2)
        .toReversed()
        .map((event) => ({ name: "lying", state: "waiting", eventIds: [event] })),
      { name: "tried", state: "failed", eventIds: events.slice(0, 2) },
    ]);
    expect(all.every(({ tenantId }) => tenantId === us)).toBe(true);
    const [one, two] = await list(us, {}, 2);
    const rest = await store.list(us, wanted(), {
      first: 9,
      after: two ?? { addedAt: new Date(), id: "" },
    });
    expect([one, two, ...rest]).toEqual(all);
    expect(await list(newId())).toEqual([]);
  });

  test("a dead letter says why, how often and when", async () => {
    const [dead] = await list(us, { states: ["failed"] });
    const before = { attempts: 2, maxAttempts: 2, reason: "out of order", dueAt: null };
    expect(dead).toMatchObject(before);
    const { addedAt, startedAt, finishedAt } = dead ?? {};
    expect(startedAt?.getTime()).toBeGreaterThanOrEqual(addedAt?.getTime() ?? Infinity);
    expect(finishedAt?.getTime()).toBeGreaterThanOrEqual(startedAt?.getTime() ?? Infinity);
    expect(await store.find(us, dead?.id ?? "")).toEqual(dead);
  });

  test("jobs are found by state, name, event and time", async () => {
    const found = async (some: Partial<WantedJobs>) =>
      (await list(us, some)).map(({ eventIds }) => eventIds[0]);
    expect(await found({ names: ["tried"] })).toEqual([events[0]]);
    expect(await found({ states: ["waiting", "active"] })).toHaveLength(3);
    expect(await found({ eventIds: [events[1] ?? "", newId()] })).toEqual([events[0]]);
    expect(await found({ eventIds: [] })).toEqual([]);
    expect(await found({ addedFrom: new Date(Date.now() + 1_000) })).toEqual([]);
    expect(await found({ addedTo: new Date(0) })).toEqual([]);
    expect(await store.count(us, wanted({ names: ["lying"] }))).toBe(3);
  });

  test("another tenant's job is not there: not to be seen, retried or discarded", async () => {
    expect(await store.find(us, theirs)).toBeNull();
    for (const work of [store.retry, store.discard]) {
      await expect(work(us, theirs)).rejects.toMatchObject({
        code: "NOT_FOUND",
        details: { id: theirs },
      });
    }
    expect(await store.find(them, theirs)).toMatchObject({ state: "failed", attempts: 2 });
    for (const id of ["", "tried", "tried:999999", "nothing:1", ":", `lying:${theirs}`]) {
      expect(await store.find(us, id), id).toBeNull();
    }
  });

  test("what is discarded is gone; what waits goes too, and nothing is discarded twice", async () => {
    const [waiting] = await list(us, { names: ["lying"] }, 1);
    const id = waiting?.id ?? "";
    expect(await store.discard(us, id)).toEqual(waiting);
    expect(await store.find(us, id)).toBeNull();
    await expect(store.discard(us, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("a dead letter is retried with all its attempts, and done; then there is nothing to retry", async () => {
    const [dead] = await list(us, { states: ["failed"] });
    const id = dead?.id ?? "";
    await store.retry(us, id);
    await expect
      .poll(() => store.find(us, id), { timeout: 60_000 })
      .toMatchObject({ state: "failed", attempts: 2 });
    broken = false;
    await store.retry(us, id);
    await expect
      .poll(() => store.find(us, id), { timeout: 60_000 })
      .toMatchObject({ state: "completed", attempts: 1, reason: null });
    for (const work of [store.retry, store.discard]) {
      await expect(work(us, id)).rejects.toMatchObject({ code: "CONFLICT" });
    }
  });
});
