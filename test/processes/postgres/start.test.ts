import { once } from "node:events";
import { readFile, stat, truncate } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startEmbeddedPostgres } from "#processes/postgres/embedded";
import { findPostmaster } from "#processes/postgres/postmaster";
import { bufferMb } from "#processes/postgres/settings";
import { aFolder, query } from "../a-folder.ts";
import { AnotherProcess, FAST } from "../another-process.ts";

test("a first start makes a durable UTF-8 database, whatever the terminal's locale", async () => {
  const directory = await aFolder();
  const server = new AnotherProcess({ env: { LC_ALL: "C", PATH: process.env.PATH ?? "" } });
  const { url, reused } = await server.start(directory, {});

  expect(reused).toBe(false);
  const settings = ["server_encoding", "fsync", "synchronous_commit", "max_connections", "jit"];
  const shown = settings.map((name) => `current_setting('${name}') as ${name}`).join(", ");
  expect(await query(url, `select ${shown}`)).toEqual([
    {
      server_encoding: "UTF8",
      fsync: "on",
      synchronous_commit: "on",
      max_connections: "200",
      jit: "off",
    },
  ]);
  expect(
    await query(url, "select pg_size_bytes(current_setting('shared_buffers')) / 1048576 as mb"),
  ).toEqual([{ mb: String(bufferMb()) }]);
  expect(
    await query(url, "select lower('ÄÖÉ'), datlocale from pg_database where datname = 'rustok'"),
  ).toEqual([{ lower: "äöé", datlocale: "C.UTF-8" }]);
  expect(await query(url, "select to_tsvector('simple', '“Café”')::text as words")).toEqual([
    { words: "'café':1" },
  ]);
});

test("nobody gets in without the password", async () => {
  const directory = await aFolder();
  const { url } = await startEmbeddedPostgres({ directory, settings: FAST });
  const withPassword = (password: string) => Object.assign(new URL(url), { password }).href;

  expect(await query(url, "select current_database() as database, current_user as user")).toEqual([
    { database: "rustok", user: "postgres" },
  ]);
  await expect(query(withPassword("wrong"), "select")).rejects.toMatchObject({ code: "28P01" });
  expect((await stat(join(directory, "postgres", "password"))).mode & 0o777).toBe(0o600);
  expect((await stat(join(directory, "postgres", "data"))).mode & 0o777).toBe(0o700);
});

// macOS answers on 127.0.0.1 alone, of all that is loopback.
test.runIf(process.platform === "linux")("it listens on 127.0.0.1 and nowhere else", async () => {
  const directory = await aFolder();
  const { url } = await startEmbeddedPostgres({ directory, settings: FAST });
  const elsewhere = Object.assign(new URL(url), { hostname: "127.0.0.2" }).href;
  expect(await query(url, "select 1 as one")).toEqual([{ one: 1 }]);
  await expect(query(elsewhere, "select")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  expect(await query(url, "show unix_socket_directories")).toEqual([
    { unix_socket_directories: "" },
  ]);
});

test("after a clean stop the same data is there again, at the same port", async () => {
  const directory = await aFolder();
  const first = await startEmbeddedPostgres({ directory, settings: FAST });
  await query(first.url, "create table kept as select 42 as answer");
  await first.stop();
  await expect(query(first.url, "select")).rejects.toMatchObject({ code: "ECONNREFUSED" });

  const second = await startEmbeddedPostgres({ directory, settings: FAST });
  expect(second).toMatchObject({ url: first.url, reused: false });
  expect(await query(second.url, "select * from kept")).toEqual([{ answer: 42 }]);
});

test("when another program has taken the port, another port is found", async () => {
  const directory = await aFolder();
  const first = await startEmbeddedPostgres({ directory, settings: FAST });
  await first.stop();
  const port = Number(new URL(first.url).port);
  const squatter = createServer().listen(port, "127.0.0.1");
  await once(squatter, "listening");

  const second = await startEmbeddedPostgres({ directory, settings: FAST });
  expect(new URL(second.url).port).not.toBe(String(port));
  expect(await query(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
  squatter.close();
});

test("of processes that start at the same time, one makes the database and all get the same", async () => {
  const directory = await aFolder();
  const processes = Array.from({ length: 4 }, () => new AnotherProcess());
  const started = await Promise.all(processes.map((one) => one.start(directory)));

  expect(started.filter(({ reused }) => !reused)).toHaveLength(1);
  expect(new Set(started.map(({ url }) => url)).size).toBe(1);
  const log = await readFile(join(directory, "postgres", "postgres.log"), "utf8");
  expect(log.match(/LOG: {2}starting PostgreSQL/g)).toHaveLength(1);
});

test("whoever leaves, the database stays up for the others; the last one stops it", async () => {
  const directory = await aFolder();
  const data = join(directory, "postgres", "data");
  const tool = await startEmbeddedPostgres({ directory, settings: FAST });
  const server = new AnotherProcess();
  expect(await server.start(directory)).toEqual({ url: tool.url, reused: true });

  await tool.stop();
  await tool.stop();
  expect(await query(tool.url, "select 1 as one")).toEqual([{ one: 1 }]);

  await server.stop();
  expect(await findPostmaster(data)).toBeUndefined();
});

test("a process that was killed does not keep the database up", async () => {
  const directory = await aFolder();
  const server = new AnotherProcess();
  await server.start(directory);
  const tool = await startEmbeddedPostgres({ directory, settings: FAST });
  await server.kill();
  await tool.stop();
  expect(await findPostmaster(join(directory, "postgres", "data"))).toBeUndefined();
});

test("a log that has grown past 10 MB is put aside at the next start", async () => {
  const directory = await aFolder();
  const log = join(directory, "postgres", "postgres.log");
  const first = await startEmbeddedPostgres({ directory, settings: FAST });
  await first.stop();
  await truncate(log, 10 * 1024 * 1024 + 1);

  const second = await startEmbeddedPostgres({ directory, settings: FAST });
  expect((await stat(`${log}.old`)).size).toBe(10 * 1024 * 1024 + 1);
  expect((await stat(log)).size).toBeLessThan(10_000);

  await second.stop();
  const { size } = await stat(log);
  await startEmbeddedPostgres({ directory, settings: FAST });
  expect((await stat(log)).size).toBeGreaterThan(size);
});
