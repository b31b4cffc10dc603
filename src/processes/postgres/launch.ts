import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { PLAIN_ENVIRONMENT } from "./binaries.ts";
import type { Cluster } from "./cluster.ts";
import { linesSince, openLog, startFailure } from "./log.ts";
import { findPostmaster, removeStalePidFile } from "./postmaster.ts";
import { SETTINGS, type Settings } from "./settings.ts";

/**
 * The port of a PostgreSQL that takes connections on the cluster: of one that runs already or is just
 * starting, else of a new one.
 * @param deadline in ms since 1970
 * @throws PostgresNotStarted with the last lines of its log
 */
export async function ensureRunning(
  cluster: Cluster,
  settings: Settings,
  deadline: number,
): Promise<{ port: number; reused: boolean }> {
  const found = await awaitReady(cluster, deadline);
  if (found !== undefined) return { port: found, reused: true };

  await removeStalePidFile(cluster.data);
  let port = (await lastPort(cluster.data)) ?? (await freePort());
  for (;;) {
    const complaint = await launch(cluster, { ...settings, port: String(port) }, deadline);
    if (complaint === undefined) return { port, reused: false };
    const cause = temporaryCause(complaint);
    if (cause === undefined || Date.now() > deadline) throw await startFailure(cluster, complaint);
    if (cause === "port taken") port = await freePort();
    await delay(100);
  }
}

function temporaryCause(complaint: string): "port taken" | "sessions remain" | undefined {
  if (complaint.includes("could not bind")) return "port taken";
  // The sessions of a killed postmaster live on until they next look up from their work.
  if (complaint.includes("pre-existing shared memory block")) return "sessions remain";
  return undefined;
}

/**
 * Starts a postmaster in a session of its own, which neither Ctrl-C nor our end takes down, with no
 * pipe to us. Answers `undefined` when it is ready, and what it said when it gave up.
 */
async function launch(
  cluster: Cluster,
  settings: Settings,
  deadline: number,
): Promise<string | undefined> {
  const log = await openLog(cluster);
  try {
    const { size: before } = await log.stat();
    const options = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => [
      "-c",
      `${name}=${value}`,
    ]);
    const child = spawn(cluster.binaries.postgres, ["-D", cluster.data, ...options], {
      ...cluster.account,
      cwd: cluster.folder,
      env: PLAIN_ENVIRONMENT,
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
    });
    child.unref();
    await once(child, "spawn");
    const port = await awaitReady(cluster, deadline, child);
    return port === undefined ? await linesSince(cluster.log, before) : undefined;
  } finally {
    await log.close();
  }
}

/** The port once connections are taken; `undefined` when the postmaster, or the given child, has ended instead. */
async function awaitReady(
  cluster: Cluster,
  deadline: number,
  child?: ChildProcess,
): Promise<number | undefined> {
  for (;;) {
    const postmaster = await findPostmaster(cluster.data);
    if (postmaster?.status === "ready") return postmaster.port;
    const ended =
      child === undefined
        ? postmaster === undefined
        : child.exitCode !== null || child.signalCode !== null;
    if (ended) return undefined;
    if (Date.now() > deadline) throw await startFailure(cluster, await linesSince(cluster.log, 0));
    await delay(10);
  }
}

/** The port of the last start, so that an address once noted stays good. PostgreSQL keeps its command line. */
async function lastPort(data: string): Promise<number | undefined> {
  const command = await readFile(join(data, "postmaster.opts"), "utf8").catch(() => "");
  const port = /"port=(\d+)"/.exec(command)?.[1];
  return port === undefined ? undefined : Number(port);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string")
    throw new TypeError("A TCP server without a port.");
  return address.port;
}
