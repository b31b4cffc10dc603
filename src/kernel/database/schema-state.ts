import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ClientBase } from "pg";

export const migrationsFolder = fileURLToPath(new URL("../../../migrations", import.meta.url));

/** How a database's schema stands to what this version was made for. */
export interface SchemaState {
  /** Migrations of this version that were not run. */
  missing: string[];
  /** Migrations that were run and that this version does not know: a later one has been here. */
  unknown: string[];
}

/** The database is not as this version needs it, and who asks may not change that. */
export class SchemaBehind extends Error {
  override name = "SchemaBehind";
  constructor(missing: string[]) {
    super(
      `The database lacks ${missing.length === 1 ? "a migration" : `${missing.length} migrations`} of this version, from ${missing[0]} on, ` +
        "and DATABASE_URL logs in as somebody who does not own the tables. " +
        "Run `rustok migrate` with a DATABASE_OWNER_URL first.",
    );
  }
}

export async function schemaState(client: ClientBase): Promise<SchemaState> {
  const known = readdirSync(migrationsFolder)
    .map((file) => /^(\d{14}-.*)\.[jt]s$/.exec(file)?.[1])
    .filter((name) => name !== undefined);
  const ran = new Set(await migrationsRun(client));
  return {
    missing: known.filter((name) => !ran.has(name)).sort(),
    unknown: [...ran].filter((name) => !known.includes(name)).sort(),
  };
}

/** Nobody but the owner could read them before a migration said otherwise: then much is missing in any case. */
async function migrationsRun(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ own: boolean; serving: boolean }>(
    `select has_table_privilege(oid, 'select') as own,
       coalesce((select has_table_privilege(r.oid, c.oid, 'select') from pg_roles r where rolname = 'rustok_app'), false) as serving
     from pg_class c where oid = to_regclass('migrations')`,
  );
  const [may] = rows;
  if (!may?.own && !may?.serving) return [];
  await client.query("begin read only");
  try {
    if (!may.own) await client.query("set local role rustok_app");
    const { rows: ran } = await client.query<{ name: string }>("select name from migrations");
    return ran.map(({ name }) => name.replace(/\.[jt]s$/, ""));
  } finally {
    await client.query("rollback");
  }
}

/** Whether who is logged in may bring the schema up to date: it is theirs, or there is none yet. */
export async function mayMigrate(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    `select coalesce((select pg_has_role(relowner, 'usage') from pg_class
       where oid = to_regclass('migrations')), true) as may`,
  );
  return rows[0]?.may ?? true;
}
