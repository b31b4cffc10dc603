import { fork } from "node:child_process";
import { on, once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { Tenant } from "#kernel/context";
import { seedScale } from "#modules/seed";
import { installation } from "#test/installation";
import type { Order } from "./importing.program.ts";
import { eventCounts, shelfOf } from "./shelf.ts";

const COUNT = 1_500;

/** Fills the tenant from another process and kills that once it has told of progress so many times, a little later. */
async function killedAfter(messages: number, laterMs: number, tenant: Tenant): Promise<number> {
  const { db } = await installation();
  const child = fork(fileURLToPath(import.meta.resolve("./importing.program.ts")), {
    execArgv: ["--import=tsx", "--conditions=source"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  child.send({ url: db.url, tenant, count: COUNT } satisfies Order);
  let [done, told] = [0, 0];
  // Of two messages that come together, waiting for the next `once` would miss the second.
  for await ([done] of on(child, "message")) if (++told === messages) break;
  await new Promise((resolve) => setTimeout(resolve, laterMs));
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  const [, signal] = await gone;
  expect(signal).toBe("SIGKILL");
  return done;
}

test("an import killed twice and run again ends as one that was never disturbed", async () => {
  const { anEditor, owner } = await installation();
  const undisturbed = await anEditor();
  await seedScale(undisturbed, COUNT);

  const killed = await anEditor();
  for (const [messages, laterMs] of [
    [1, 40],
    [3, 100],
  ] as const) {
    const done = await killedAfter(messages, laterMs, killed.tenant);
    const { rows } = await owner.query<{ count: number }>(
      "select count(*)::int from products where tenant_id = $1",
      [killed.tenant.id],
    );
    expect(rows[0]?.count).toBeGreaterThanOrEqual(done);
    expect(rows[0]?.count).toBeLessThan(COUNT);
  }

  const report = await seedScale(killed, COUNT);
  expect(report).toMatchObject({ updated: 0, failed: [] });
  expect(report.unchanged).toBeGreaterThan(700);
  expect(await shelfOf(killed.tenant)).toEqual(await shelfOf(undisturbed.tenant));
  expect(await eventCounts(killed.tenant)).toEqual(await eventCounts(undisturbed.tenant));
}, 300_000);
