import { Client, DatabaseError } from "pg";
import type { Cluster } from "./cluster.ts";
import { PostgresNotStarted } from "./not-started.ts";

const NAME = "rustok";
const INVALID_CATALOG_NAME = "3D000";
/** Starting, shutting down, or recovering from the crash of a session. */
const OPERATOR_INTERVENTION = "57P";

/**
 * The URL of RusTok's database, which is made at the first time; `undefined` while PostgreSQL takes no
 * connections. Logs in, which also proves that what listens at the port is ours: each side shows that
 * it knows the password.
 */
export async function openDatabase(
  { password, folder }: Cluster,
  port: number,
): Promise<string | undefined> {
  const urlOf = (database: string) =>
    `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  try {
    if (!(await exists(urlOf(NAME)))) await createDatabase(urlOf("postgres"));
    return urlOf(NAME);
  } catch (cause) {
    if (!(cause instanceof DatabaseError) || cause.code?.startsWith(OPERATOR_INTERVENTION)) {
      return undefined;
    }
    throw new PostgresNotStarted(
      `Cannot log in to the PostgreSQL of ${folder} at port ${port}: ${cause.message}`,
      { cause },
    );
  }
}

async function exists(url: string): Promise<boolean> {
  try {
    await withClient(url, async () => {});
    return true;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === INVALID_CATALOG_NAME) return false;
    throw error;
  }
}

function createDatabase(url: string): Promise<void> {
  return withClient(url, async (client) => {
    await client.query(`create database ${NAME}`);
  });
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
