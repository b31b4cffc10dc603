import { randomBytes } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { FolderNotUsable } from "./folder.ts";
import { processMark } from "./process-mark.ts";

/** Gives back what was held. Further calls do nothing. */
export type Release = () => Promise<void>;

const Holder = z.object({
  pid: z.number(),
  /** Tells the process from later ones with the same pid. */
  mark: z.string(),
  /** What the process was started as: "rustok start". */
  command: z.string(),
  since: z.iso.datetime(),
});

/** The process that holds a file. */
export type Holder = z.infer<typeof Holder>;

const NOBODY: Holder = { pid: 0, mark: "", command: "", since: "" };

/**
 * Makes `path` a file that says this process holds it, or answers who does.
 * A holder that has ended, however it ended, holds nothing. Node has no lock that the kernel would
 * take back, hence the pid in a file; `link` makes the file appear whole or not at all.
 */
export async function tryHold(path: string): Promise<{ release: Release } | { holder: Holder }> {
  for (;;) {
    if (await publish(path)) return { release: onlyOnce(() => rm(path, { force: true })) };
    const holder = await readHolder(path);
    if (holder !== undefined) {
      if (await isRunning(holder)) return { holder };
      await removeAbandoned(path, holder);
    }
    await delay(5);
  }
}

/** The holder named in a file, nobody when a power cut took its content; `undefined` when there is no such file. */
export async function readHolder(path: string): Promise<Holder | undefined> {
  const text = await readFile(path, "utf8").catch(ignoreMissing);
  if (text === undefined) return undefined;
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return NOBODY;
  }
}

export async function isRunning(holder: Holder): Promise<boolean> {
  return (await processMark(holder.pid)) === holder.mark;
}

async function publish(path: string): Promise<boolean> {
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    await writeFile(draft, JSON.stringify(await thisProcess()), { mode: 0o644 });
    await link(draft, path);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw new FolderNotUsable(dirname(path), error);
  } finally {
    await rm(draft, { force: true });
  }
}

async function thisProcess(): Promise<Holder> {
  return {
    pid: process.pid,
    mark: (await processMark(process.pid)) ?? "",
    command: ["rustok", ...process.argv.slice(2)].join(" "),
    since: new Date().toISOString(),
  };
}

/**
 * Removes the file of a holder that has ended. Whoever removes must hold a second file and look again:
 * of two processes that find the same abandoned file, the slower would otherwise remove the faster one's.
 */
async function removeAbandoned(path: string, abandoned: Holder): Promise<void> {
  const removal = await tryHold(`${path}.removal`);
  if ("holder" in removal) return;
  try {
    const holder = await readHolder(path);
    if (holder?.pid === abandoned.pid && holder.mark === abandoned.mark) await rm(path);
  } finally {
    await removal.release();
  }
}

/** Further calls answer as the first did. */
export function onlyOnce(work: () => Promise<void>): Release {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}

function ignoreMissing(error: unknown): undefined {
  if (!isCode(error, "ENOENT")) throw error;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
