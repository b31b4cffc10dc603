import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { claimFolder } from "#processes/folder-claim";
import { readHolder } from "#processes/held-file";
import { processMark } from "#processes/process-mark";
import { aFolder } from "./a-folder.ts";
import { AnotherProcess } from "./another-process.ts";
import { refusalOf } from "./refusal.ts";

test("a second server in the same folder is told in one line which process holds it", async () => {
  const directory = await aFolder();
  const server = new AnotherProcess();
  await server.claim(directory);

  const refusal = await refusalOf(claimFolder(directory));
  expect(refusal.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, "<minute>")).toBe(
    `${directory} is in use by process ${server.pid} (rustok start, since <minute>). ` +
      "Stop it first, or set RUSTOK_HOME to another folder.",
  );
});

test("a released folder can be claimed again, and only once", async () => {
  const directory = await aFolder();
  const release = await claimFolder(directory);
  await release();
  await claimFolder(directory);
  await release();
  await expect(claimFolder(directory)).rejects.toThrow(`in use by process ${process.pid} `);
});

test("the claim of a killed server holds nobody up", async () => {
  const directory = await aFolder();
  const server = new AnotherProcess();
  await server.claim(directory);
  await server.kill();
  await claimFolder(directory);
  expect(await holderOf(directory)).toMatchObject({ pid: process.pid });
});

test("a later process with the same pid is not taken for the holder", async () => {
  const directory = await aFolder();
  await leaveClaim(directory, JSON.stringify(aClaim("started at some other time")));
  await claimFolder(directory);
  expect(await holderOf(directory)).toMatchObject({ mark: await processMark(process.pid) });
});

test.runIf(process.platform === "linux")("a claim from before a reboot is void", async () => {
  const directory = await aFolder();
  const mark = await processMark(process.pid);
  const sameTimeInAnotherBoot = mark?.replace(/^\S+/, "0a0a0a0a-0000-4000-8000-000000000000");
  expect(sameTimeInAnotherBoot).not.toBe(mark);
  await leaveClaim(directory, JSON.stringify(aClaim(sameTimeInAnotherBoot)));
  await claimFolder(directory);
  expect(await holderOf(directory)).toMatchObject({ mark });
});

test("a claim that lost its content in a power cut holds nobody up", async () => {
  const directory = await aFolder();
  await leaveClaim(directory, "");
  await claimFolder(directory);
  expect(await holderOf(directory)).toMatchObject({ pid: process.pid });
});

test("of many servers that find a dead one's claim, one gets the folder", async () => {
  const directory = await aFolder();
  await leaveClaim(directory, "");
  const servers = Array.from({ length: 6 }, () => new AnotherProcess());
  const claims = await Promise.allSettled(servers.map((server) => server.claim(directory)));

  const winner = claims.findIndex(({ status }) => status === "fulfilled");
  const refusals = claims.filter((claim) => claim.status === "rejected");
  expect(refusals).toHaveLength(5);
  for (const { reason } of refusals) {
    expect(String(reason)).toContain(`in use by process ${servers[winner]?.pid} `);
  }
  expect(await readdir(directory)).toEqual(["server.lock"]);
});

const aClaim = (mark: string | undefined) => ({
  pid: process.pid,
  mark,
  command: "rustok start",
  since: new Date().toISOString(),
});

function holderOf(directory: string) {
  return readHolder(join(directory, "server.lock"));
}

async function leaveClaim(directory: string, content: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, "server.lock"), content);
}
