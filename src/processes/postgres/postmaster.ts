import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { processCommand, processMark } from "../process-mark.ts";
import { PostgresNotStarted } from "./not-started.ts";

/** The main process of a running PostgreSQL, as it describes itself in postmaster.pid. */
export interface Postmaster {
  pid: number;
  port: number;
  /** "starting", "ready", "stopping"; empty in its first moments. */
  status: string;
}

const STOP_LIMIT_MS = 60_000;

/** The postmaster that runs on the data directory, in whatever state; `undefined` when there is none. */
export async function findPostmaster(data: string): Promise<Postmaster | undefined> {
  const postmaster = await readPidFile(data);
  if (postmaster === undefined) return undefined;
  const command = await processCommand(postmaster.pid);
  return command?.includes(`postgres -D ${data} `) ? postmaster : undefined;
}

/**
 * Removes what would keep a new postmaster from starting when none runs. PostgreSQL sees through most
 * files of a dead one, but not when it was cut off while writing, nor when the pid has gone to another
 * program of the same account, as it does when a container starts again.
 */
export async function removeStalePidFile(data: string): Promise<void> {
  if ((await findPostmaster(data)) === undefined)
    await rm(join(data, "postmaster.pid"), { force: true });
}

/** Stops it in fast mode, which ends the sessions and loses no commit. Returns when it is down. */
export async function stopPostmaster(data: string): Promise<void> {
  const postmaster = await findPostmaster(data);
  if (postmaster === undefined) return;
  const mark = await processMark(postmaster.pid);
  process.kill(postmaster.pid, "SIGINT");
  const deadline = Date.now() + STOP_LIMIT_MS;
  while ((await processMark(postmaster.pid)) === mark) {
    if (Date.now() > deadline) {
      throw new PostgresNotStarted(
        `PostgreSQL (process ${postmaster.pid}) is still shutting down after ${STOP_LIMIT_MS / 1000} s; it goes on by itself.`,
      );
    }
    await delay(10);
  }
}

/** See "postmaster.pid" in PostgreSQL's manual: one value a line, the status last. */
async function readPidFile(data: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(data, "postmaster.pid"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split("\n");
  return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? "").trim() };
}
