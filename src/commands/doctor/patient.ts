import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Config } from "#config";
import { connectionsOf } from "#processes/connections";
import { roles } from "../../main.ts";
import type { Patient } from "./checkup.ts";

/** This installation as it is. */
export const patientOf = (config: Config, databaseUrl: string): Patient => ({
  config,
  databaseUrl,
  connections: connectionsOf(roles, config),
  now: Date.now,
  freeBytes,
});

/** Of the folder, or of the first one above it that is there. */
async function freeBytes(path: string): Promise<number> {
  const found = await statfs(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" && dirname(path) !== path) return undefined;
    throw error;
  });
  return found ? found.bavail * found.bsize : freeBytes(dirname(path));
}
