import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Account } from "./account.ts";
import { PLAIN_ENVIRONMENT, type Binaries } from "./binaries.ts";
import { PostgresNotStarted } from "./not-started.ts";

const run = promisify(execFile);

const STAGING = "postgres.new-";

/**
 * Builds the cluster beside its place and moves it there when it is complete, so that a crash half-way
 * never leaves something that looks like a cluster.
 */
export async function createCluster(
  home: string,
  folder: string,
  options: { account: Account | undefined; binaries: Binaries; syncToDisk: boolean },
): Promise<void> {
  const { account, binaries, syncToDisk } = options;
  const staging = join(home, STAGING + randomBytes(6).toString("hex"));
  const password = join(staging, "password");
  await mkdir(join(staging, "users"), { recursive: true });
  await writeFile(password, `${randomBytes(24).toString("hex")}\n`, { mode: 0o600 });
  if (account !== undefined) {
    const all = [staging, password, join(staging, "users")];
    await Promise.all(all.map((path) => chown(path, account.uid, account.gid)));
  }
  try {
    await run(binaries.initdb, initdbArguments(join(staging, "data"), password, syncToDisk), {
      ...account,
      cwd: staging,
      env: PLAIN_ENVIRONMENT,
      timeout: 120_000,
    });
  } catch (cause) {
    await rm(staging, { recursive: true, force: true });
    throw new PostgresNotStarted(
      `initdb could not make a database in ${home}: ${complaint(cause)}`,
      { cause },
    );
  }
  await rename(staging, folder);
  if (syncToDisk) await syncFolder(home);
}

/**
 * The built-in locale sorts by code point without asking the C library, 3.5 times as fast; the text
 * search parser still asks it, and under plain "C" would take every quotation mark for a letter.
 */
function initdbArguments(data: string, passwordFile: string, syncToDisk: boolean): string[] {
  const libraryLocale = process.platform === "darwin" ? "en_US.UTF-8" : "C.UTF-8";
  return [
    `--pgdata=${data}`,
    "--username=postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    `--locale=${libraryLocale}`,
    "--lc-messages=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    ...(syncToDisk ? [] : ["--no-sync"]),
  ];
}

/** The name, too, must be on disk before the first commit is promised. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** As far as it goes: the initdb of a killed process may still be writing there, which harms nobody. */
export async function removeHalfMade(home: string): Promise<void> {
  const names = (await readdir(home)).filter((name) => name.startsWith(STAGING));
  await Promise.allSettled(
    names.map((name) => rm(join(home, name), { recursive: true, force: true })),
  );
}

/** initdb says much about its progress and, last, what went wrong. */
function complaint(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const said = "stderr" in cause ? String(cause.stderr).trim() : "";
  return said === "" ? cause.message : said;
}
