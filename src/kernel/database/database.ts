import { MikroORM, type AnyEntity, type EntityClass } from "@mikro-orm/postgresql";
import { Migrator } from "@mikro-orm/migrations";
import { runMigrations as migrateQueues } from "bullmq";
import pg from "pg";
import { makeSureItOnlyServes } from "./pooled-login.ts";
import { watchPool } from "./pools.ts";
import { rowChanges } from "./row-changes.ts";
import { mayMigrate, migrationsFolder, SchemaBehind, schemaState } from "./schema-state.ts";

/** What a server holds of its database: all of it as `rustok_app`, which owns no table. */
export interface Database {
  /** Leads to the database itself: for whoever listens, holds a lock, or needs another role. */
  url: string;
  /** The write side. */
  orm: MikroORM;
  /** Bare connections, for reads that must be fast and for work that is SQL through and through. */
  pool: pg.Pool;
  close(): Promise<void>;
}

/** Row-level policies bind a role, not a login: every connection starts as the role it needs. */
export const as = (role: "rustok_app" | "rustok_relay" | "rustok_queue" | "rustok_search") =>
  `-c role=${role}`;

/**
 * Nobody waits longer for a read: by then it only keeps others from its connection. The write side has
 * no such limit, since imports, rebuilds and the clearing of words run there.
 */
const longestStatementMs = 15_000;

export async function openDatabase(options: {
  url: string;
  /** Of a pooler that keeps no sessions, for everything that needs none; its login must be one that only serves. */
  pooledUrl?: string | undefined;
  poolSize: number;
  entities: EntityClass<AnyEntity>[];
}): Promise<Database> {
  const { url, pooledUrl, poolSize } = options;
  const through = pooledUrl ?? url;
  if (pooledUrl !== undefined) await makeSureItOnlyServes(pooledUrl);
  const unwatch: (() => void)[] = [];
  const orm = await MikroORM.init({
    clientUrl: through,
    entities: options.entities,
    driverOptions: {
      ...(pooledUrl === undefined && { options: as("rustok_app") }),
      application_name: "rustok",
      onPoolCreated: (created: pg.Pool) => void unwatch.push(watchPool("writes", created)),
    },
    pool: { min: 0, max: poolSize },
    // A convenience for plans and for reading the log: the floor is the database's own policies.
    filters: { tenant: { cond: ({ tenantId }: { tenantId: string }) => ({ tenantId }) } },
    autoJoinRefsForFilters: false,
    forceUtcTimezone: true,
    ensureDatabase: false,
    subscribers: [rowChanges],
  });
  const pool = new pg.Pool({
    connectionString: through,
    max: poolSize,
    // A pooler's connections are everybody's: none can have settings of its own.
    ...(pooledUrl === undefined
      ? { options: `${as("rustok_app")} -c statement_timeout=${longestStatementMs}` }
      : { query_timeout: longestStatementMs }),
    application_name: "rustok",
  });
  // An idle connection that drops is replaced at the next query; unheard, its error would end the process.
  pool.on("error", () => {});
  unwatch.push(watchPool("reads", pool));
  return {
    url,
    orm,
    pool,
    async close() {
      for (const done of unwatch) done();
      await Promise.all([orm.close(), pool.end()]);
    },
  };
}

/**
 * Brings the schema up to date, ours and the queues', as the owner of the tables.
 * Processes that start together take turns: an advisory lock is held all the while.
 * Who does not own them only makes sure that nothing is missing.
 * Returns the names of the migrations it ran.
 * @throws SchemaBehind
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const turn = new pg.Client({ connectionString: ownerUrl });
  await turn.connect();
  try {
    if (!(await mayMigrate(turn))) {
      const { missing } = await schemaState(turn);
      if (missing.length > 0) throw new SchemaBehind(missing);
      return [];
    }
    await turn.query("select pg_advisory_lock(hashtext('rustok migrations'))");
    const ran = await migrateOwnSchema(ownerUrl);
    await migrateQueues(turn);
    await indexJobsByTenant(turn);
    // The queues make themselves sequences as they go, so whoever works with them has one role.
    await turn.query(`
      grant usage, create on schema bullmq to rustok_queue;
      grant all on all tables in schema bullmq to rustok_queue;
      grant all on all sequences in schema bullmq to rustok_queue`);
    return ran;
  } finally {
    await turn.end();
  }
}

/** By which a tenant's jobs are found: ours, on a table that is BullMQ's. Made once, as making it locks out whoever adds jobs. */
async function indexJobsByTenant(owner: pg.Client): Promise<void> {
  const { rowCount } = await owner.query(
    "select where to_regclass('bullmq.job_by_tenant') is null",
  );
  if (rowCount === 0) return;
  await owner.query(
    "create index job_by_tenant on bullmq.job ((data ->> 'tenantId'), added_at_ms, queue, id)",
  );
}

async function migrateOwnSchema(ownerUrl: string): Promise<string[]> {
  const orm = await MikroORM.init({
    clientUrl: ownerUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: {
      path: migrationsFolder,
      snapshot: false,
      tableName: "migrations",
      silent: true,
    },
    ensureDatabase: false,
  });
  try {
    return (await orm.migrator.up()).map(({ name }) => name);
  } finally {
    await orm.close();
  }
}
