import { glob, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { startEmbeddedPostgres } from "#processes/postgres/embedded";
import { findPostmaster } from "#processes/postgres/postmaster";
import { aFolder, query } from "../a-folder.ts";
import { AnotherProcess, FAST } from "../another-process.ts";

const dataIn = (directory: string) => join(directory, "postgres", "data");
const logOf = (directory: string) => readFile(join(directory, "postgres", "postgres.log"), "utf8");

test.each(["SIGKILL", "SIGINT"] as const)(
  "the database outlives a server that %s takes down with its process group, and is found again",
  async (signal) => {
    const directory = await aFolder();
    const server = new AnotherProcess();
    const { url } = await server.start(directory);
    await query(url, "create table kept as select 42 as answer");
    const before = await findPostmaster(dataIn(directory));
    // Ends only when nobody holds the server's pipes any more, the database included.
    await server.kill(signal);

    const again = await startEmbeddedPostgres({ directory, settings: FAST });
    expect(again).toMatchObject({ url, reused: true });
    expect(await findPostmaster(dataIn(directory))).toEqual(before);
    expect(await query(url, "select * from kept")).toEqual([{ answer: 42 }]);
  },
);

test("what was committed is there after PostgreSQL was killed with all its processes", async () => {
  const directory = await aFolder();
  const first = await startEmbeddedPostgres({ directory });
  await query(first.url, "create table kept as select 42 as answer");
  const postmaster = await findPostmaster(dataIn(directory));
  const children = await query(
    first.url,
    "select pid from pg_stat_activity where pid <> pg_backend_pid()",
  );
  for (const pid of [postmaster?.pid, ...children.map((row) => row.pid)])
    process.kill(pid, "SIGKILL");

  const second = await startEmbeddedPostgres({ directory });
  expect(second).toMatchObject({ url: first.url, reused: false });
  expect(await query(second.url, "select * from kept")).toEqual([{ answer: 42 }]);
});

test("a session that outlives the killed PostgreSQL is waited for", async () => {
  const directory = await aFolder();
  const first = await startEmbeddedPostgres({ directory, settings: FAST });
  // Busy until it has been waited for, however long a start takes; or until the test has failed.
  const busy = query(
    first.url,
    `do $$ declare start timestamptz = clock_timestamp(); begin
       while clock_timestamp() < start + interval '25 s' loop end loop; end $$`,
  ).catch(() => {});
  const session = await vi.waitFor(async () => {
    const rows = await query(
      first.url,
      "select pid from pg_stat_activity where state = 'active' and query like 'do %'",
    );
    expect(rows).toHaveLength(1);
    return Number(rows[0]?.pid);
  }, 10_000);
  process.kill((await findPostmaster(dataIn(directory)))?.pid ?? 0, "SIGKILL");

  const starting = startEmbeddedPostgres({ directory, settings: FAST });
  await vi.waitFor(
    async () => expect(await logOf(directory)).toContain("pre-existing shared memory block"),
    15_000,
  );
  process.kill(session, "SIGKILL");
  expect((await starting).reused).toBe(false);
  await busy;
});

describe("while PostgreSQL recovers from the crash of a session", () => {
  test("a start waits", async () => {
    const directory = await aFolder();
    const first = await startEmbeddedPostgres({ directory, settings: FAST });
    await crashOneProcess(first.url, directory);

    const second = await startEmbeddedPostgres({ directory, settings: FAST });
    expect(second).toMatchObject({ url: first.url, reused: true });
    expect(await query(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("a stop comes through", async () => {
    const directory = await aFolder();
    const { url, stop } = await startEmbeddedPostgres({ directory, settings: FAST });
    await crashOneProcess(url, directory);
    await stop();
    expect(await findPostmaster(dataIn(directory))).toBeUndefined();
  });

  async function crashOneProcess(url: string, directory: string): Promise<void> {
    const [checkpointer] = await query(
      url,
      "select pid from pg_stat_activity where backend_type = 'checkpointer'",
    );
    process.kill(checkpointer?.pid, "SIGKILL");
    await vi.waitFor(
      async () =>
        expect(await logOf(directory)).toContain("all server processes terminated; reinitializing"),
      { interval: 1, timeout: 10_000 },
    );
  }
});

test("a pid file whose pid now belongs to another program keeps nobody from starting", async () => {
  const directory = await aFolder();
  const first = await startEmbeddedPostgres({ directory, settings: FAST });
  const { uid, gid } = await stat(dataIn(directory));
  const pidFile = join(dataIn(directory), "postmaster.pid");
  const content = await readFile(pidFile, "utf8");
  await first.stop();
  const stranger = spawn("sleep", ["60"], { uid, gid });
  onTestFinished(() => void stranger.kill());
  await writeFile(pidFile, content.replace(/^\d+/, String(stranger.pid)));

  const second = await startEmbeddedPostgres({ directory, settings: FAST });
  expect(second.reused).toBe(false);
  expect(stranger.exitCode).toBeNull();
});

test("a pid file cut off before anything was written keeps nobody from starting", async () => {
  const directory = await aFolder();
  const first = await startEmbeddedPostgres({ directory, settings: FAST });
  await first.stop();
  await writeFile(join(dataIn(directory), "postmaster.pid"), "");
  expect((await startEmbeddedPostgres({ directory, settings: FAST })).reused).toBe(false);
});

test("a database half made when its process was killed is not mistaken for a whole one", async () => {
  const directory = await aFolder();
  const server = new AnotherProcess();
  server.begin({ what: "start", directory, settings: FAST });
  await vi.waitFor(
    async () => {
      const { value } = await glob("*/data/base", { cwd: directory }).next();
      expect(value).toBeDefined();
    },
    { interval: 5, timeout: 20_000 },
  );
  await server.kill();

  const { url } = await startEmbeddedPostgres({ directory, settings: FAST });
  expect(await query(url, "select current_database() as database")).toEqual([
    { database: "rustok" },
  ]);
  expect(await readdir(directory)).toEqual(["postgres"]);
});
