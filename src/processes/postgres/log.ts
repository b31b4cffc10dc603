import { open, readFile, rename, stat, statfs, type FileHandle } from "node:fs/promises";
import type { Cluster } from "./cluster.ts";
import { PostgresNotStarted } from "./not-started.ts";

const LIMIT_BYTES = 10 * 1024 * 1024;
const LINES_SHOWN = 8;
/** PostgreSQL needs a few WAL segments of 16 MB to get anywhere. */
const LITTLE_SPACE_MB = 64;

/** Opens PostgreSQL's log for a start, with a fresh one when it has grown past 10 MB; one old log is kept. */
export async function openLog({ log, account }: Cluster): Promise<FileHandle> {
  const size = await stat(log).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LIMIT_BYTES) await rename(log, `${log}.old`);
  const handle = await open(log, "a");
  if (account !== undefined) await handle.chown(account.uid, account.gid);
  return handle;
}

/** What the log has said from the byte `start` on. */
export async function linesSince(log: string, start: number): Promise<string> {
  const content = await readFile(log);
  return content.subarray(start).toString("utf8").trim();
}

/** An error that shows the last lines of what PostgreSQL said. A full disk it may not have been able to write of. */
export async function startFailure(
  { folder, log }: Cluster,
  said: string,
): Promise<PostgresNotStarted> {
  const { bavail, bsize } = await statfs(folder);
  const freeMegabytes = Math.floor((bavail * bsize) / 1024 / 1024);
  const space =
    freeMegabytes < LITTLE_SPACE_MB ? ` Its disk has only ${freeMegabytes} MB left.` : "";
  const lastLines = said.split("\n").slice(-LINES_SHOWN).join("\n");
  return new PostgresNotStarted(
    `PostgreSQL did not start in ${folder}.${space} The end of ${log}:\n${lastLines}`,
  );
}
