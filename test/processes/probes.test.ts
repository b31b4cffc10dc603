import { expect, test } from "vitest";
import { run } from "../../src/main.ts";
import { loadConfig } from "#config";
import { openSearch } from "#processes/search";
import { afterwards } from "#test/afterwards";
import { installation, log, registry, secret } from "#test/installation";

const { db, tokens } = await installation();

async function background(env: NodeJS.ProcessEnv, role: "worker" | "relay") {
  const running = await run(
    {
      config: loadConfig({ NODE_ENV: "test", RUSTOK_SECRET: secret, ...env }),
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
    [role],
  );
  afterwards(() => running.stop());
  return running;
}

test("a worker and a relay say how they are, and nothing else, where they are told to", async () => {
  for (const role of ["worker", "relay"] as const) {
    const { url, watchedAt } = await background({ METRICS_PORT: "0" }, role);
    expect(url).toBeUndefined();
    const status = async (path: string) => (await fetch(`${watchedAt}${path}`)).status;
    expect(await status("/api/health/live")).toBe(200);
    expect(await (await fetch(`${watchedAt}/api/health/ready`)).json()).toMatchObject({
      checks: { database: { status: "ok" }, queues: { status: "ok" } },
    });
    const text = await (await fetch(`${watchedAt}/metrics`)).text();
    for (const name of [
      "rustok_job_duration_seconds",
      "rustok_events_handed_over_total",
      "rustok_jobs_waiting",
      'rustok_pool_connections{pool="queues"',
      "nodejs_eventloop_lag_p99_seconds",
    ]) {
      expect(text).toContain(name);
    }
    expect(await status("/api/graphql")).toBe(404);
    expect(await status("/api/auth/login")).toBe(404);
  }
});

test("without a port they listen nowhere", async () => {
  expect((await background({}, "relay")).watchedAt).toBeUndefined();
});
