import type { Config } from "#config";
import { startEmbeddedPostgres } from "./postgres/embedded.ts";

/** Where the database is: the operator's, or the embedded one, which runs until `stop`. */
export interface DatabaseServer {
  /** Who serves. */
  url: string;
  /** Who owns the tables. */
  ownerUrl: string;
  /** For people. */
  name: string;
  stop(): Promise<void>;
}

/** @throws PostgresNotStarted, FolderNotUsable */
export async function databaseServer({
  database,
  home,
}: Pick<Config, "database" | "home">): Promise<DatabaseServer> {
  if (database.url) {
    const name = `PostgreSQL at ${new URL(database.url).host}`;
    const { url, ownerUrl = url } = database;
    return { url, ownerUrl, name, stop: async () => {} };
  }
  const { url, stop, reused } = await startEmbeddedPostgres({ directory: home });
  const name = `embedded PostgreSQL at ${new URL(url).host}, data in ${home}${reused ? " (found running)" : ""}`;
  return { url, ownerUrl: url, name, stop };
}
