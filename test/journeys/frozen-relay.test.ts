import { expect, test } from "vitest";
import pg from "pg";
import { startEmbeddedPostgres } from "#processes/postgres/embedded";
import { afterwards } from "#test/afterwards";
import { install } from "#test/process";
import { signIn } from "./an-administrator.ts";
import { missing } from "./many-processes/steps.ts";
import { someProducts, write } from "./many-processes/writing.ts";
import { anOnlooker, rest, until } from "./onlooker.ts";

/** How long it is frozen. The whole size is `FROZEN_MS=60000 npm test`. */
const frozenMs = Number(process.env["FROZEN_MS"] || 15_000);
const takeOverMs = 20_000;

test(
  `of three relays one is frozen for ${frozenMs} ms with events in its hands: another takes over, and nothing is lost`,
  async () => {
    const env: NodeJS.ProcessEnv = {
      RUSTOK_SECRET: "a secret that all servers have in common, for a test",
      DATABASE_POOL_SIZE: "4",
    };
    const one = await install({ env });
    const { url } = await startEmbeddedPostgres({ directory: one.home });
    env["DATABASE_URL"] = url;
    const administrator = await signIn(one, await one.start("web"));
    await one.start("worker");
    await one.start("relay");
    const others = [await install({ env }), await install({ env })];
    for (const other of others) await other.start("relay");
    const onlooker = await anOnlooker(url);
    const done = async () => (await missing(onlooker)).length === 0;
    const products = await someProducts(administrator, 10);
    await until(done, 60_000);

    // While the others sleep, one claims the events and finds its way to the queues barred.
    for (const other of others) other.signal("SIGSTOP", "relay");
    const bar = new pg.Client({ connectionString: url });
    bar.on("error", () => {});
    await bar.connect();
    afterwards(() => bar.end());
    await bar.query("begin; lock table bullmq.job in exclusive mode");
    const { failed } = await write({
      servers: [administrator],
      products,
      count: 20,
      perSecond: 40,
    }).done;
    expect(failed).toBe(0);
    await until(async () => {
      const claimed = await onlooker.query(
        `select from pg_stat_activity where application_name = 'rustok relay'
         and state = 'idle in transaction'`,
      );
      return claimed.length > 0;
    }, takeOverMs);
    one.signal("SIGSTOP", "relay");
    const began = performance.now();
    for (const other of others) other.signal("SIGCONT", "relay");
    await bar.query("commit");
    await until(async () => {
      const [row] = await onlooker.query<{ n: number }>(
        "select count(*)::integer as n from sys_events where dispatched_at is null",
      );
      return row?.n === 0 || `${row?.n} events wait`;
    }, takeOverMs);
    const tookOverMs = Math.round(performance.now() - began);
    process.stderr.write(`frozen relay: ${JSON.stringify({ frozenMs, tookOverMs })}\n`);
    await rest(Math.max(0, frozenMs - tookOverMs));
    one.signal("SIGCONT", "relay");
    await until(done, 60_000);
    await onlooker.rest(60_000);
    expect(await onlooker.differences()).toEqual([]);
    expect(await onlooker.failed()).toEqual([]);
  },
  300_000 + frozenMs,
);
