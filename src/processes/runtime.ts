import "reflect-metadata";
import type { Logger } from "pino";
import type { Config } from "#config";
import { migrate, openDatabase, type Database } from "#kernel/database";
import { createLog } from "#kernel/log";
import { declarePermissions } from "#kernel/permissions";
import { assemble, type Registry } from "#kernel/registry";
import { modules } from "#modules";
import { keepAuditLog } from "#modules/access";
import { startEmbeddedPostgres } from "./postgres/embedded.ts";
import { openSearch, type Search } from "./search.ts";

/** What every process has, whatever its role: the modules, a migrated database, a log. */
export interface Runtime {
  config: Config;
  registry: Registry;
  db: Database;
  /** The owner of the tables, for what no server may do. */
  ownerUrl: string;
  log: Logger;
  search: Search;
  adapters: Record<string, string>;
  /** Lets go of the database, and of the embedded server when nobody else uses it. */
  close(): Promise<void>;
}

export async function openRuntime(config: Config): Promise<Runtime> {
  const log = createLog(config.logLevel);
  const registry = assemble(modules);
  const server = await databaseServer(config);
  try {
    await migrate(server.ownerUrl);
    const db = await openDatabase({
      url: server.url,
      poolSize: config.database.poolSize,
      entities: registry.entities,
    });
    declarePermissions(db, registry.permissionDefinitions);
    keepAuditLog(db, config.auditDays);
    const search = await openSearch(config.meilisearch, db, log).catch(async (error: unknown) => {
      await db.close();
      throw error;
    });
    return {
      config,
      registry,
      db,
      ownerUrl: server.ownerUrl,
      log,
      search,
      adapters: {
        database: server.name,
        jobs: "BullMQ on PostgreSQL",
        search: search.name,
        cache: "in memory",
      },
      async close() {
        await db.close().finally(() => server.stop());
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function databaseServer({ database, home }: Config) {
  if (database.url) {
    const name = `PostgreSQL at ${new URL(database.url).host}`;
    return {
      url: database.url,
      ownerUrl: database.ownerUrl ?? database.url,
      name,
      stop: async () => {},
    };
  }
  const { url, stop, reused } = await startEmbeddedPostgres({ directory: home });
  const name = `embedded PostgreSQL at ${new URL(url).host}, data in ${home}${reused ? " (found running)" : ""}`;
  return { url, ownerUrl: url, name, stop };
}
