import pg from "pg";
import { inject } from "vitest";
import { newId } from "#kernel/ids";

/** The URL of a database of the test's own, empty, in the PostgreSQL of this test run. */
export async function anEmptyDatabase(): Promise<string> {
  const name = `test_${newId().replaceAll("-", "")}`;
  const url = new URL(inject("postgresUrl"));
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  try {
    await admin.query(`create database ${name}`);
  } finally {
    await admin.end();
  }
  url.pathname = `/${name}`;
  return url.href;
}
