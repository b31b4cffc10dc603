import { run, type Running } from "../../src/main.ts";
import { loadConfig } from "#config";
import { openSearch } from "#processes/search";
import { installation, log, registry, secret } from "./installation.ts";

/** Runs relay and workers on this file's installation, as one process of a real one would. */
export async function startBackground(): Promise<Running> {
  const { db, tokens } = await installation();
  return run(
    {
      config: loadConfig({
        NODE_ENV: "test",
        RUSTOK_SECRET: secret,
      }),
      registry,
      db,
      ownerUrl: db.url,
      log,
      search: await openSearch(undefined, db, log),
      tokens,
      redis: undefined,
      adapters: {},
      close: async () => {},
    },
    ["worker", "relay"],
  );
}

/** Resolves when every event has been handed over and every job is done. Throws when a job is dead or time is up. */
export async function settled(timeoutMs = 20_000): Promise<void> {
  const { owner } = await installation();
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const { rows } = await owner.query<{ events: number }>(
      "select count(*)::int as events from sys_events where dispatched_at is null",
    );
    if (rows[0]?.events === 0 && (await jobsLeft()) === 0) return;
    if (performance.now() > deadline)
      throw new Error("The background work did not settle in time.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function jobsLeft(): Promise<number> {
  const { owner } = await installation();
  const { rows } = await owner.query<{ state: string; jobs: number }>(
    "select state, count(*)::int as jobs from bullmq.job where scheduler_id is null group by state",
  );
  const dead = rows.find(({ state }) => state === "failed");
  if (dead) throw new Error(`${dead.jobs} jobs are dead letters.`);
  return rows.filter(({ state }) => state !== "completed").reduce((sum, { jobs }) => sum + jobs, 0);
}
