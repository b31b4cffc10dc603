import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Config } from "#config";
import type { Registry } from "#kernel/registry";
import type { Patient } from "./checkup.ts";

/** This installation as it is. */
export const patientOf = (config: Config, registry: Registry, databaseUrl: string): Patient => ({
  config,
  databaseUrl,
  connections: mostConnections(config, registry),
  now: Date.now,
  freeBytes,
});

/** Each queue pool has these besides one to listen on for each worker. */
const perQueuePool = 4;

/**
 * What one process with all roles may hold: reads and writes, the queues of web, relay and workers, and
 * one connection each to listen for events, search documents and changes of tenants.
 */
function mostConnections({ database, redisUrl }: Config, { jobs, schedules }: Registry): number {
  const queues = redisUrl ? 0 : 3 * perQueuePool + jobs.length + schedules.length;
  return 2 * database.poolSize + queues + 3;
}

/** Of the folder, or of the first one above it that is there. */
async function freeBytes(path: string): Promise<number> {
  const found = await statfs(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" && dirname(path) !== path) return undefined;
    throw error;
  });
  return found ? found.bavail * found.bsize : freeBytes(dirname(path));
}
