import pg from "pg";
import type { Patient } from "./checkup.ts";

/** A connection as who serves logs in, in no role yet. */
export async function withDatabase<T>(
  { databaseUrl }: Patient,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 5_000,
    application_name: "rustok doctor",
  });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
