import { beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { newId } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { openQueues, type Queues } from "#processes/queues";
import { afterwards } from "#test/afterwards";
import { backends } from "#test/backends";
import { installation } from "#test/installation";

const { db } = await installation();

describe.each(backends)("a worker on $name that stops", ({ name, redisUrl: start }) => {
  let redisUrl: string | undefined;
  beforeAll(async () => {
    redisUrl = await start();
  });

  const aJob = (what: string) =>
    defineJob({
      name: `${what}-${name.toLowerCase()}`,
      payload: z.object({}),
      retry: { attempts: 1, firstDelayMs: 1 },
      run: async () => {},
    });
  function open(job: ReturnType<typeof aJob>): Queues {
    const queues = openQueues({
      databaseUrl: db.url,
      redisUrl,
      jobs: [job],
      onError: () => {},
    });
    afterwards(() => queues.close(100));
    return queues;
  }
  const request = (job: ReturnType<typeof aJob>) => ({
    job,
    data: { tenantId: newId(), eventIds: [], payload: {} },
  });

  test("finishes what it is at, and takes nothing more", async () => {
    const job = aJob("short");
    const queues = open(job);
    let [begun, ended] = [0, 0];
    queues.work(job, 1, async () => {
      begun += 1;
      await new Promise((resolve) => setTimeout(resolve, 300));
      ended += 1;
    });
    await queues.enqueue([request(job), request(job)]);
    await vi.waitFor(() => expect(begun).toBe(1), { timeout: 10_000, interval: 5 });
    await queues.close(10_000);
    expect([begun, ended]).toEqual([1, 1]);
    const [queue] = open(job).all();
    expect(await queue?.getJobCounts("waiting", "active", "completed")).toEqual({
      waiting: 1,
      active: 0,
      completed: 1,
    });
  });

  test("puts back what takes too long, and another has it before its lock runs out", async () => {
    const job = aJob("long");
    const queues = open(job);
    let letGo = () => {};
    const attempts: number[] = [];
    queues.work(job, 1, async ({ attempt }) => {
      attempts.push(attempt);
      await new Promise<void>((resolve) => (letGo = resolve));
    });
    await queues.enqueue([request(job)]);
    await vi.waitFor(() => expect(attempts).toEqual([1]), 10_000);
    const began = performance.now();
    await queues.close(200);
    open(job).work(job, 1, async ({ attempt }) => void attempts.push(attempt));
    await vi.waitFor(() => expect(attempts).toEqual([1, 1]), 9_000);
    // The lock would have lasted for ten seconds.
    expect(performance.now() - began).toBeLessThan(9_000);
    letGo();
  });
});
