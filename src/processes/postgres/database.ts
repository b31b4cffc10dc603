import { Client, DatabaseError } from "pg";
import type { Cluster } from "./cluster.ts";
import { PostgresNotStarted } from "./not-started.ts";

const NAME = "rustok";
const INVALID_CATALOG_NAME = "3D000";

/**
 * The URL of RusTok's database, which is made at the first time.
 * Logs in, which also proves that what listens at the port is ours: each side shows that it knows the password.
 */
export async function openDatabase({ password, folder }: Cluster, port: number): Promise<string> {
  const urlOf = (database: string) =>
    `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  try {
    if (!(await canConnect(urlOf(NAME)))) await createDatabase(urlOf("postgres"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PostgresNotStarted(
      `Cannot log in to the PostgreSQL of ${folder} at port ${port}: ${reason}`,
      { cause },
    );
  }
  return urlOf(NAME);
}

/** `false` when there is no such database. */
async function canConnect(url: string): Promise<boolean> {
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
