import { setTimeout as delay } from "node:timers/promises";
import { openFolder } from "../folder.ts";
import { onlyOnce, type Release } from "../held-file.ts";
import { openCluster, type Cluster } from "./cluster.ts";
import { openDatabase } from "./database.ts";
import { ensureRunning } from "./launch.ts";
import { linesSince, startFailure } from "./log.ts";
import { stopPostmaster } from "./postmaster.ts";
import type { Settings } from "./settings.ts";
import { inTurn } from "./turn.ts";
import { enter, isUsed } from "./users.ts";

export interface EmbeddedPostgres {
  /** For the superuser, to the database `rustok` on 127.0.0.1; holds the password. */
  url: string;
  /** Whether it ran already: for another process, or left by one that was killed. */
  reused: boolean;
  /**
   * Gives the database up. The last process to do so stops it, without losing a commit, and waits until
   * it is down; until then it stays up, whoever started it. Further calls do nothing.
   */
  stop: Release;
}

/** Long enough to replay the log after a crash; see max_wal_size. */
const START_LIMIT_MS = 60_000;

/**
 * Starts the PostgreSQL kept in `directory`, making it at the first time, or joins it where it runs.
 * It outlives this process: only `stop` stops it, and after a crash the next start finds it again.
 *
 * @param options.settings PostgreSQL parameters other than the usual ones; they do not reach one that runs already
 * @throws PostgresNotStarted, FolderNotUsable
 */
export async function startEmbeddedPostgres(options: {
  directory: string;
  settings?: Settings;
}): Promise<EmbeddedPostgres> {
  const { directory, settings = {} } = options;
  const home = await openFolder(directory);
  return inTurn(home, async () => {
    const cluster = await openCluster(home, settings.fsync !== "off");
    const { url, reused } = await connect(cluster, settings);
    const leave = await enter(cluster.users);
    return { url, reused, stop: onlyOnce(() => inTurn(home, () => giveUp(cluster, leave))) };
  });
}

/** One that looks ready may be dying, or recovering from the crash of a session. */
async function connect(cluster: Cluster, settings: Settings) {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    const { port, reused } = await ensureRunning(cluster, settings, deadline);
    const url = await openDatabase(cluster, port);
    if (url !== undefined) return { url, reused };
    if (Date.now() > deadline) throw await startFailure(cluster, await linesSince(cluster.log, 0));
    await delay(20);
  }
}

async function giveUp(cluster: Cluster, leave: Release): Promise<void> {
  await leave();
  if (!(await isUsed(cluster.users))) await stopPostmaster(cluster.data);
}
