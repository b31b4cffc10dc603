import type { Config } from "#config";
import { startEmbeddedPostgres } from "./postgres/embedded.ts";

/** Where the database is: the operator's, or the embedded one, which runs until `stop`. */
export interface DatabaseServer {
  /** Who serves. */
  url: string;
  /** The same through a pooler that keeps no sessions, where there is one. */
  pooledUrl: string | undefined;
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
    const { url: given, directUrl: url = given } = database;
    const pooledUrl = database.directUrl === undefined ? undefined : given;
    const pooler = pooledUrl === undefined ? "" : ` through ${new URL(pooledUrl).host}`;
    return {
      url,
      pooledUrl,
      ownerUrl: database.ownerUrl ?? url,
      name: `PostgreSQL at ${new URL(url).host}${pooler}`,
      stop: async () => {},
    };
  }
  const { url, stop, reused } = await startEmbeddedPostgres({ directory: home });
  const name = `embedded PostgreSQL at ${new URL(url).host}, data in ${home}${reused ? " (found running)" : ""}`;
  return { url, pooledUrl: undefined, ownerUrl: url, name, stop };
}
