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
    // In one statement: between two, a job may leave an event behind and end.
    const { rows } = await owner.query<{ dead: number; left: number }>(
      `select count(*) filter (where state = 'failed')::int as dead,
              count(*) filter (where state <> 'completed')::int +
                (select count(*)::int from sys_events where dispatched_at is null) as left
       from bullmq.job where scheduler_id is null`,
    );
    const { dead = 0, left } = rows[0] ?? {};
    if (dead > 0) throw new Error(`${dead} jobs are dead letters.`);
    if (left === 0) return;
    if (performance.now() > deadline)
      throw new Error("The background work did not settle in time.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
