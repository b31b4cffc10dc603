import { chmod, mkdtemp, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { Client, type QueryResultRow } from "pg";
import { inject, onTestFinished } from "vitest";
import { stopPostmaster } from "#processes/postgres/postmaster";

/** The path of a folder for RusTok's files that does not exist yet, in one that every account may enter. */
export async function aFolder(): Promise<string> {
  const parent = await realpath(await mkdtemp(join(inject("runFolder"), "test-")));
  await chmod(parent, 0o777);
  const directory = join(parent, ".rustok");
  onTestFinished(async () => {
    await stopPostmaster(join(directory, "postgres", "data"));
    await rm(parent, { recursive: true, force: true });
  });
  return directory;
}

/** The rows of one query, over a connection of its own. */
export async function query(url: string, sql: string): Promise<QueryResultRow[]> {
  const client = new Client({ connectionString: url });
  // A test may kill the database between the answer and the goodbye.
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query<QueryResultRow>(sql)).rows;
  } finally {
    await client.end();
  }
}
