import "reflect-metadata";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import type { Config } from "#config";
import { declarePermissions } from "#kernel/access/permissions";
import { migrate, openDatabase, type Database } from "#kernel/database/database";
import { mailWith } from "#kernel/mail/mailer";
import { declareMails } from "#kernel/mail/template";
import { assemble, type Registry } from "#kernel/modules/registry";
import { createLog } from "#kernel/observability/log";
import type { Tokens } from "#kernel/security/tokens";
import { modules } from "#modules";
import { keepAuditLog, permissionsOfUser } from "#modules/access";
import { webhooksWith } from "#modules/webhooks";
import { openAccounts } from "./accounts.ts";
import { databaseServer } from "./database-server.ts";
import { openMailer } from "./mail.ts";
import { openRedis } from "./redis.ts";
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
  tokens: Tokens;
  /** What processes share of their caches, if they do. It may be away: then commands fail at once. */
  redis: Redis | undefined;
  adapters: Record<string, string>;
  /** Lets go of the database, and of the embedded server when nobody else uses it. */
  close(): Promise<void>;
}

/** `poolSize` is for where the environment gives none. */
export async function openRuntime(config: Config, poolSize = 10): Promise<Runtime> {
  const log = createLog(config.logLevel);
  const registry = assemble(modules);
  const server = await databaseServer(config);
  try {
    await migrate(server.ownerUrl);
    const db = await openDatabase({
      url: server.url,
      pooledUrl: server.pooledUrl,
      poolSize: config.database.poolSize ?? poolSize,
      entities: registry.entities,
    });
    declarePermissions(db, registry.permissionDefinitions);
    declareMails(db, registry.mails);
    keepAuditLog(db, config.auditDays);
    const search = await openSearch(config.meilisearch, db, log).catch(async (error: unknown) => {
      await db.close();
      throw error;
    });
    const redis = config.redisUrl === undefined ? undefined : await openRedis(config.redisUrl, log);
    const tokens = openAccounts(db, {
      secret: config.secret,
      production: config.production,
      baseDomain: config.baseDomain,
      allowedRanges: config.allowedRanges,
      permissionsOfUser,
      ...(redis && { redis }),
    });
    const { secret, allowedRanges } = config;
    webhooksWith(db, { secret, events: registry.events, allowedRanges, ...config.webhooks });
    const mailer = openMailer(config);
    if (mailer) mailWith(db, mailer);
    return {
      config,
      registry,
      db,
      ownerUrl: server.ownerUrl,
      log,
      search,
      tokens,
      redis,
      adapters: {
        database: server.name,
        jobs: `BullMQ on ${config.redisUrl ? `Redis at ${new URL(config.redisUrl).host}` : "PostgreSQL"}`,
        search: search.name,
        cache: config.redisUrl ? `Redis at ${new URL(config.redisUrl).host}` : "in memory",
        mail: mailer?.name ?? "none: set SMTP_URL",
      },
      async close() {
        mailer?.close();
        redis?.disconnect();
        await db.close().finally(() => server.stop());
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
