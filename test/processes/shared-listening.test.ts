import { expect, test, vi } from "vitest";
import { z } from "zod";
import { newId } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { openQueues } from "#processes/queues";
import { afterwards } from "#test/afterwards";
import { installation } from "#test/installation";

const { db, owner } = await installation();

const jobs = ["paint", "polish", "pack"].map((name) =>
  defineJob({
    name,
    payload: z.object({}),
    retry: { attempts: 1, firstDelayMs: 1 },
    run: async () => {},
  }),
);

/** The connections of this file's database that have said so last. */
async function listening(): Promise<number[]> {
  const { rows } = await owner.query<{ pid: number }>(
    `select pid from pg_stat_activity
     where datname = current_database() and application_name = 'rustok queues'
       and query = 'listen bullmq_jobs'`,
  );
  return rows.map(({ pid }) => pid);
}

test("all workers of a process listen on one connection, and on another when it is cut", async () => {
  const errors: string[] = [];
  const queues = openQueues({
    databaseUrl: db.url,
    jobs,
    onError: ({ message }) => errors.push(message),
  });
  afterwards(() => queues.close(100));
  const done: string[] = [];
  for (const job of jobs) queues.work(job, 1, async () => done.push(job.name));
  const others = openQueues({ databaseUrl: db.url, jobs, onError: () => {} });
  afterwards(() => others.close(100));
  const enqueue = async (names: string[]) => {
    const requests = names.flatMap((name) => jobs.filter((job) => job.name === name));
    const data = { tenantId: newId(), eventIds: [], payload: {} };
    await others.enqueue(requests.map((job) => ({ job, data })));
  };

  // Each has looked for a job and found none: it is a notification that wakes it.
  await vi.waitFor(async () => expect(await listening()).toHaveLength(1), { timeout: 5_000 });
  await enqueue(["paint", "pack"]);
  await vi.waitFor(() => expect(done.toSorted()).toEqual(["pack", "paint"]), { timeout: 2_000 });

  const [first] = await listening();
  await owner.query("select pg_terminate_backend($1)", [first]);
  await vi.waitFor(
    async () => {
      const [again, ...more] = await listening();
      expect(more).toEqual([]);
      expect(again).not.toBe(first);
      expect(again).toBeDefined();
    },
    { timeout: 5_000 },
  );
  expect(errors).toEqual(["terminating connection due to administrator command"]);
  await enqueue(["polish"]);
  await vi.waitFor(() => expect(done).toContain("polish"), { timeout: 2_000 });

  await queues.close();
  await vi.waitFor(async () => expect(await listening()).toEqual([]), 10_000);
});
