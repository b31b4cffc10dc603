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

/** Ample for the last checkpoint, which has no more than shared_buffers to write. */
const STOP_LIMIT_MS = 10_000;

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

/**
 * Stops it in fast mode, which ends the sessions, and returns when it is down. No commit is lost.
 * PostgreSQL 18 hangs when it is told so while it recovers from the crash of a session: immediate
 * mode ends that, and leaves the next start a log to replay.
 */
export async function stopPostmaster(data: string): Promise<void> {
  const postmaster = await findPostmaster(data);
  if (postmaster === undefined) return;
  if (await endsBy("SIGINT", postmaster.pid)) return;
  if (await endsBy("SIGQUIT", postmaster.pid)) return;
  throw new PostgresNotStarted(
    `PostgreSQL (process ${postmaster.pid}) does not shut down. It works in ${data}.`,
  );
}

async function endsBy(signal: NodeJS.Signals, pid: number): Promise<boolean> {
  const mark = await processMark(pid);
  if (mark === undefined) return true;
  process.kill(pid, signal);
  const deadline = Date.now() + STOP_LIMIT_MS;
  while ((await processMark(pid)) === mark) {
    if (Date.now() > deadline) return false;
    await delay(10);
  }
  return true;
}

/** See "postmaster.pid" in PostgreSQL's manual: one value a line, the status last. */
async function readPidFile(data: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(data, "postmaster.pid"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split("\n");
  return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? "").trim() };
}
