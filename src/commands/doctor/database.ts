import { schemaState } from "#kernel/database/schema-state";
import { openTables } from "../tenancy-verify/floor.ts";
import { type Check, fault, ok, warning } from "./checkup.ts";
import { withDatabase } from "./with-database.ts";

const reach = "Make DATABASE_URL reach a PostgreSQL that takes the login, and look at its log.";

/** What tests run on; the one before it is not known to work. */
const testedVersion = 18;

export const server: Check = {
  name: "database",
  remedy: reach,
  look: (patient) =>
    withDatabase(patient, async (client) => {
      const { rows } = await client.query<{ version: string; number: number; encoding: string }>(`
        select current_setting('server_version') as version,
          current_setting('server_version_num')::int as number, pg_encoding_to_char(encoding) as encoding
        from pg_database where datname = current_database()`);
      const { version = "", number = 0, encoding = "" } = rows[0] ?? {};
      const { host } = new URL(patient.databaseUrl);
      return [
        number >= testedVersion * 10_000
          ? ok(`PostgreSQL ${version} at ${host}`)
          : warning(
              `PostgreSQL ${version} at ${host} is older than what RusTok is tested on`,
              `Upgrade it to PostgreSQL ${testedVersion} (pg_upgrade, or dump and restore).`,
            ),
        encoding === "UTF8"
          ? undefined
          : fault(
              `The database is encoded in ${encoding}`,
              "Dump it, and restore it into one made with encoding 'UTF8' (ops/postgres/roles.sql).",
            ),
      ];
    }),
};

const needed = ["pg_trgm", "unaccent", "fuzzystrmatch"];

export const extensions: Check = {
  name: "extensions",
  remedy: reach,
  look: (patient) =>
    withDatabase(patient, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        "select extname as name from pg_extension",
      );
      const missing = needed.filter((name) => !rows.some((row) => row.name === name));
      if (missing.length === 0) return [ok(needed.join(", "))];
      return missing.map((name) =>
        fault(
          `The extension ${name} is missing, and what needed it may be gone with it`,
          `As the owner: create extension ${name}; install PostgreSQL's contrib package if that is refused. If functions went with it, restore a backup.`,
        ),
      );
    }),
};

export const migrations: Check = {
  name: "migrations",
  remedy: `${reach} If it does, run \`rustok migrate\` with a DATABASE_OWNER_URL: it makes roles and tables.`,
  look: (patient) =>
    withDatabase(patient, async (client) => {
      const { missing, unknown } = await schemaState(client);
      if (missing.length === 0 && unknown.length === 0) return [ok("all of this version were run")];
      return [
        missing.length > 0
          ? fault(
              `Not run: ${missing.join(", ")}`,
              "Run `rustok migrate` with a DATABASE_OWNER_URL.",
            )
          : undefined,
        unknown.length > 0
          ? warning(
              `Not of this version: ${unknown.join(", ")}`,
              "A later version has migrated this database. Finish the upgrade: run that version everywhere.",
            )
          : undefined,
      ];
    }),
};

export const policies: Check = {
  name: "policies",
  remedy: reach,
  look: (patient) =>
    withDatabase(patient, async (client) => {
      const open = await openTables({ pool: client });
      if (open.length === 0) return [ok("every table with rows of tenants is closed")];
      return open.map(({ where, what }) =>
        fault(
          `${where} ${what}`,
          `As the owner: drop policy if exists tenant_rows on ${where.replace("table ", "")}; select protect_tenant_rows('${where.replace("table ", "")}'); then compare with schema.sql and run \`rustok tenancy:verify\`.`,
        ),
      );
    }),
};

/** Who serves becomes one of these for everything it does. */
const roles = ["rustok_app", "rustok_relay", "rustok_queue", "rustok_search"];

export const rights: Check = {
  name: "roles",
  remedy: reach,
  look: (patient) =>
    withDatabase(patient, async (client) => {
      const { rows } = await client.query<Role>(
        `select r.name, p.oid is not null as there,
           coalesce(pg_has_role(session_user, p.oid, 'member'), false) as mine,
           coalesce(p.rolsuper or p.rolbypassrls, false) as unbound,
           array(select relname::text from pg_class where relowner = p.oid and relkind in ('r', 'p')
             and relnamespace = 'public'::regnamespace order by 1) as owned
         from unnest($1::text[]) with ordinality r (name, place) left join pg_roles p on p.rolname = r.name
         order by place`,
        [roles],
      );
      const faults = rows.flatMap(faultsOf);
      return faults.length > 0 ? faults : [ok("who serves owns nothing and is bound by policies")];
    }),
};

interface Role {
  name: string;
  there: boolean;
  mine: boolean;
  unbound: boolean;
  owned: string[];
}

function faultsOf({ name, there, mine, unbound, owned }: Role) {
  if (!there) {
    return [
      fault(`The role ${name} is missing`, "Run `rustok migrate` with a DATABASE_OWNER_URL."),
    ];
  }
  return [
    ...(mine
      ? []
      : [
          fault(
            `Who logs in by DATABASE_URL may not become ${name}`,
            `As a superuser: grant ${name} to the login of DATABASE_URL.`,
          ),
        ]),
    ...(unbound
      ? [
          fault(
            `No policy binds ${name}: any tenant's rows are open to it`,
            `As a superuser: alter role ${name} nosuperuser nobypassrls.`,
          ),
        ]
      : []),
    ...owned.map((table) =>
      fault(
        `${name} owns the table ${table}, and may switch its policies off`,
        `As a superuser: alter table ${table} owner to the role of DATABASE_OWNER_URL.`,
      ),
    ),
  ];
}

/** Changes are ordered by revisions, but tokens, schedules and lags go by clocks. */
const skewMs = { warning: 1_000, fault: 10_000 };

export const clock: Check = {
  name: "clock",
  remedy: reach,
  look: (patient) =>
    withDatabase(patient, async (client) => {
      const before = patient.now();
      const { rows } = await client.query<{ now: number }>(
        "select extract(epoch from clock_timestamp())::float8 * 1000 as now",
      );
      const after = patient.now();
      // When it was asked is known to the length of the round trip alone.
      const distance = Math.abs((rows[0]?.now ?? 0) - (before + after) / 2);
      const skew = Math.max(0, distance - (after - before) / 2);
      const what = `This machine's clock and the database's are ${(skew / 1000).toFixed(1)} s apart`;
      if (skew <= skewMs.warning) return [ok(what)];
      const remedy =
        "Keep both in time (chrony, systemd-timesyncd); tokens and schedules go by them.";
      return [skew > skewMs.fault ? fault(what, remedy) : warning(what, remedy)];
    }),
};

export const connections: Check = {
  name: "connections",
  remedy: reach,
  look: (patient) =>
    withDatabase(patient, async (client) => {
      const { rows } = await client.query<{ most: number; others: number }>(`
        select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
            - current_setting('reserved_connections')::int as most,
          (select count(*)::int from pg_stat_activity
           where backend_type = 'client backend' and application_name not like 'rustok%') as others`);
      const { most = 0, others = 0 } = rows[0] ?? {};
      const what = `one process with all roles may hold ${patient.connections} connections; the database has ${most}, of which ${others} are others'`;
      return [
        patient.connections + others <= most
          ? ok(what)
          : fault(
              what,
              "Raise max_connections, lower DATABASE_POOL_SIZE, or put PgBouncer in between: docs/operations.md has the sums.",
            ),
      ];
    }),
};
