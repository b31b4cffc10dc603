import { expect, test, vi } from "vitest";
import { z } from "zod";
import { newId } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { openQueues } from "#processes/queues";
import { afterwards } from "#test/afterwards";
import { installation } from "#test/installation";

const { db } = await installation();

test("one job in fifty sweeps out what was done before it, but for a thousand", async () => {
  const job = defineJob({
    name: "sweep-me",
    payload: z.object({}),
    retry: { attempts: 1, firstDelayMs: 1 },
    run: async () => {},
  });
  const queues = openQueues({ databaseUrl: db.url, jobs: [job], onError: () => {} });
  afterwards(() => queues.close(100));
  queues.work(job, 20, async () => {});
  const request = { job, data: { tenantId: newId(), eventIds: [], payload: {} } };
  const completed = async () => (await queues.all()[0]?.getJobCounts("completed"))?.["completed"];
  const chance = vi.spyOn(Math, "random");
  afterwards(() => chance.mockRestore());

  chance.mockReturnValue(0.02);
  await queues.enqueue(Array.from({ length: 1_020 }, () => request));
  await expect.poll(completed, { timeout: 20_000 }).toBe(1_020);
  chance.mockReturnValue(0.019);
  await queues.enqueue([request]);
  await expect.poll(completed, { timeout: 5_000 }).toBe(1_000);
});
