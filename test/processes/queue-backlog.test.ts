import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { newId, timeOf } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { findTenant } from "#kernel/tenancy/find-tenants";
import { openQueues, type Queues } from "#processes/queues";
import { startWorkers } from "#processes/worker";
import { backends, emptyRedis } from "#test/backends";
import { installation, log } from "#test/installation";

const { aTenant, db, owner } = await installation();

const aJob = (name: string, attempts: number, run: () => Promise<void>) =>
  defineJob({ name, payload: z.object({}), retry: { attempts, firstDelayMs: 60_000 }, run });
const ready = aJob("ready", 1, async () => {});
const dies = aJob("dies", 1, () => Promise.reject(new Error("for good")));
const triesAgain = aJob("tries-again", 5, () => Promise.reject(new Error("for now")));
const nightly = { name: "nightly", everyMs: 3_600_000, run: async () => {} };
const jobs = [ready, dies, triesAgain];

const request = (job: (typeof jobs)[number], tenantId: string, eventIds: string[]) => ({
  job,
  data: { tenantId, eventIds, payload: {} },
});

describe.each(backends)("on $name", ({ redisUrl: start }) => {
  let redisUrl: string | undefined;
  beforeAll(async () => {
    redisUrl = await start();
  });
  const opened: Queues[] = [];
  function queues(): Queues {
    const of = { databaseUrl: db.url, redisUrl, jobs: [...jobs, nightly] };
    const some = openQueues({ ...of, onError: () => {} });
    opened.push(some);
    return some;
  }
  afterEach(() => Promise.all(opened.splice(0).map((each) => each.close())));
  beforeEach(async () => {
    await owner.query("truncate bullmq.job cascade");
    await emptyRedis();
  });

  test("what waits is counted by queue, with the first event of each tenant's; empty queues are in the list", async () => {
    const [one, other] = [newId(), newId()];
    const events = [newId(), newId(), newId()] as const;
    const { enqueue, backlog } = queues();
    await enqueue([
      request(ready, one, [events[1], events[2]]),
      request(ready, one, [events[0]]),
      request(ready, other, [events[2]]),
    ]);
    const { oldest, ...counts } = (await backlog())[0] ?? { oldest: [] };
    expect(counts).toEqual({ queue: "ready", waiting: 3, failed: 0 });
    expect(new Map(oldest.map(({ tenantId, at }) => [tenantId, at]))).toEqual(
      new Map([
        [one, timeOf(events[0])],
        [other, timeOf(events[2])],
      ]),
    );
    expect((await backlog()).slice(1)).toEqual([
      { queue: "dies", waiting: 0, failed: 0, oldest: [] },
      { queue: "tries-again", waiting: 0, failed: 0, oldest: [] },
    ]);
  });

  test("a job to be tried again waits, a dead letter does not, and what is done is neither; the record tells each one's end", async () => {
    const { id } = await aTenant();
    const [done, dead, delayed] = [newId(), newId(), newId()];
    const working = queues();
    const quiet = log.child({}, { level: "silent" });
    startWorkers({
      queues: working,
      jobs,
      concurrency: 1,
      db,
      findTenant: (key) => findTenant(db, key),
      owners: new Map(),
      log: quiet,
    });
    await working.enqueue([
      request(ready, id, [done]),
      request(dies, id, [dead]),
      request(triesAgain, id, [delayed]),
    ]);
    const record = async () => {
      const { rows } = await owner.query(
        "select event_id, job, attempts, failure from event_jobs where tenant_id = $1 order by event_id",
        [id],
      );
      return rows;
    };
    await vi.waitFor(
      async () =>
        expect(await record()).toEqual([
          { event_id: done, job: "ready", attempts: 1, failure: null },
          { event_id: dead, job: "dies", attempts: 1, failure: "for good" },
          { event_id: delayed, job: "tries-again", attempts: 1, failure: "for now" },
        ]),
      10_000,
    );
    const oldest = [{ tenantId: id, at: timeOf(delayed) }];
    await vi.waitFor(
      async () =>
        expect(await working.backlog()).toEqual([
          { queue: "ready", waiting: 0, failed: 0, oldest: [] },
          { queue: "dies", waiting: 0, failed: 1, oldest: [] },
          { queue: "tries-again", waiting: 1, failed: 0, oldest },
        ]),
      10_000,
    );
  });
});
