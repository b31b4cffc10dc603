import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
// Relative, since Vitest resolves this one file without the "source" condition.
import { claimFolder, FolderInUse } from "../../src/processes/folder-claim.ts";
import { FolderNotUsable } from "../../src/processes/folder.ts";
import { startEmbeddedPostgres } from "../../src/processes/postgres/embedded.ts";
import { stopPostmaster } from "../../src/processes/postgres/postmaster.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Of a superuser, to a PostgreSQL of this test run alone. */
    postgresUrl: string;
    /** For files of this test run; gone when it ends, at the latest when the next one begins. */
    runFolder: string;
  }
}

const PREFIX = "rustok-test-run-";

/** One PostgreSQL for the whole run: fast, since nothing in it has to survive a power cut. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandoned();
  const directory = await mkdtemp(join(tmpdir(), PREFIX));
  const release = await claimFolder(directory);
  // PostgreSQL runs as another account when this is root, and must get through.
  await chmod(directory, 0o711);
  const postgres = await startEmbeddedPostgres({
    directory,
    settings: {
      fsync: "off",
      synchronous_commit: "off",
      full_page_writes: "off",
      max_connections: "200",
    },
  });
  project.provide("postgresUrl", postgres.url);
  project.provide("runFolder", directory);

  return async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, maxRetries: 5 });
    await release();
  };
}

/**
 * Ends what a killed run has left behind; other runs under way hold the claim on their folder.
 * A PostgreSQL that a test has started ends by itself when its files are gone.
 */
async function removeAbandoned(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  for (const name of names) await removeUnlessClaimed(join(tmpdir(), name));
}

async function removeUnlessClaimed(directory: string): Promise<void> {
  try {
    await claimFolder(directory);
    await stopPostmaster(join(directory, "postgres", "data"));
    await rm(directory, { recursive: true, maxRetries: 5 });
  } catch (error) {
    if (!(error instanceof FolderInUse || error instanceof FolderNotUsable)) throw error;
  }
}
