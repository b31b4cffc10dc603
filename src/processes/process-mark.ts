import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * A text that tells a running process from any other that has had, or will have, the same pid,
 * also across a restart of the machine. `undefined` when no such process runs; a zombie does not.
 */
export async function processMark(pid: number): Promise<string | undefined> {
  return process.platform === "linux" ? markFromProc(pid) : markFromPs(pid);
}

/** The command line of a running process, its arguments parted by blanks; `undefined` when it has ended. */
export async function processCommand(pid: number): Promise<string | undefined> {
  if (process.platform !== "linux") return ps(pid, "args=");
  const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  return line?.replaceAll("\0", " ");
}

async function markFromProc(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  if (stat === undefined) return undefined;
  // The second field is the program's name in brackets, which may itself hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, startedInTicksSinceBoot] = [fields[0], fields[19]];
  if (state === "Z" || state === "X") return undefined;
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
  return `${boot.trim()} ${startedInTicksSinceBoot}`;
}

async function markFromPs(pid: number): Promise<string | undefined> {
  const [state, started] = await Promise.all([ps(pid, "state="), ps(pid, "lstart=")]);
  return state?.startsWith("Z") ? undefined : started;
}

async function ps(pid: number, column: string): Promise<string | undefined> {
  const answer = await run("ps", ["-ww", "-o", column, "-p", String(pid)]).catch(() => undefined);
  return answer?.stdout.trim();
}
