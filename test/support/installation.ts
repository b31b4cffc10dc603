import "reflect-metadata";
import pg from "pg";
import { inject } from "vitest";
import type { GraphQLSchema } from "graphql";
import { declarePermissions } from "#kernel/access/permissions";
import { systemContext, type RequestContext, type Tenant } from "#kernel/context";
import { migrate, openDatabase, type Database } from "#kernel/database/database";
import { buildGraphQLSchema } from "#kernel/graphql/schema";
import { newId } from "#kernel/ids";
import { declareMails } from "#kernel/mail/template";
import { assemble } from "#kernel/modules/registry";
import { createLog } from "#kernel/observability/log";
import type { Tokens } from "#kernel/security/tokens";
import { modules } from "#modules";
import { keepAuditLog, permissionsOfUser } from "#modules/access";
import { tenants } from "#modules/tenants";
import { webhooksWith } from "#modules/webhooks";
import { openAccounts } from "#processes/accounts";
import { afterwards } from "./afterwards.ts";

export const registry = assemble(modules);
export const log = createLog("warn");
export const secret = "a secret that only tests may know of";

/** A database of a test file's own: migrated, empty, gone when the file is done. */
export interface Installation {
  db: Database;
  /** As the superuser, who sees every row: for looking behind the server's back. */
  owner: pg.Pool;
  tokens: Tokens;
  /** What this user may do, whatever their role. */
  allow(userId: string, permissions: ReadonlySet<string>): void;
  /** A new tenant with its own slug; English and German, euro and dollar. */
  aTenant(overrides?: Partial<Tenant & { domains: string[] }>): Promise<Tenant>;
  /** Somebody who may do everything in a new tenant, or in the given one. */
  anEditor(tenant?: Tenant): Promise<RequestContext>;
}

let opened: Promise<Installation> | undefined;

/** The installation of this test file. */
export function installation(): Promise<Installation> {
  return (opened ??= open());
}

/** The GraphQL schema of all modules, built once per file. */
let schema: Promise<GraphQLSchema> | undefined;
export const theSchema = (): Promise<GraphQLSchema> => (schema ??= buildGraphQLSchema(registry));

async function open(): Promise<Installation> {
  const url = await clonedDatabase();
  const owner = new pg.Pool({ connectionString: url, max: 4 });
  owner.on("error", () => {});
  const db = await openDatabase({ url, poolSize: 8, entities: registry.entities });
  declarePermissions(db, registry.permissionDefinitions);
  declareMails(db, registry.mails);
  keepAuditLog(db, 400);
  const allowed = new Map<string, ReadonlySet<string>>();
  const tokens = openAccounts(db, {
    secret,
    production: false,
    permissionsOfUser: async (ctx, user) =>
      allowed.get(user.userId) ?? permissionsOfUser(ctx, user),
  });
  // Nothing of a test's reaches the outside: who wants a receiver allows where it listens.
  webhooksWith(db, {
    secret,
    events: registry.events,
    allowHttp: true,
    allowedRanges: [],
    keptDays: 30,
  });
  afterwards(async () => {
    await db.close();
    await owner.end();
  });

  const permissions = registry.permissions.filter((one) => !one.startsWith("platform:"));
  const founder = { db, log, actor: { kind: "system" as const }, requestId: newId() };
  const aTenant = async (
    overrides: Partial<Omit<Tenant, "status"> & { domains: string[] }> = {},
  ) => {
    const tenant = await tenants.create(founder, {
      slug: `t${newId().replaceAll("-", "")}`,
      name: "A tenant",
      defaultLocale: "en",
      locales: ["en", "de"],
      defaultCurrency: "EUR",
      currencies: ["EUR", "USD"],
      domains: [],
      ...overrides,
    });
    // A test begins with a tenant that nothing has happened to.
    await owner.query("delete from sys_events where tenant_id = $1", [tenant.id]);
    return tenant;
  };
  return {
    db,
    owner,
    tokens,
    allow: (userId, permissions) => void allowed.set(userId, permissions),
    aTenant,
    async anEditor(tenant) {
      const ctx = systemContext(db, tenant ?? (await aTenant()), log);
      return {
        ...ctx,
        actor: {
          kind: "user",
          userId: newId(),
          sessionId: newId(),
          permissions: new Set(permissions),
        },
      };
    },
  };
}

/** Cloning a migrated template takes a fraction of what migrating takes. */
async function clonedDatabase(): Promise<string> {
  const cluster = inject("postgresUrl");
  const admin = new pg.Client({ connectionString: cluster });
  await admin.connect();
  try {
    await admin.query("select pg_advisory_lock(1)");
    const { rowCount } = await admin.query(
      "select from pg_database where datname = 'template_rustok'",
    );
    if (rowCount === 0) {
      await admin.query("drop database if exists making_template");
      await admin.query("create database making_template");
      await migrate(databaseUrl(cluster, "making_template"));
      await admin.query("alter database making_template rename to template_rustok");
    }
    const name = `test_${newId().replaceAll("-", "")}`;
    await admin.query(`create database ${name} template template_rustok`);
    return databaseUrl(cluster, name);
  } finally {
    await admin.end();
  }
}

function databaseUrl(cluster: string, name: string): string {
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  return url.href;
}

/** The events on record for a context's tenant, oldest first. */
export async function eventsOf(ctx: RequestContext): Promise<{ type: string; payload: unknown }[]> {
  const { owner } = await installation();
  const { rows } = await owner.query<{ type: string; payload: unknown }>(
    "select type, payload from sys_events where tenant_id = $1 order by id",
    [ctx.tenant.id],
  );
  return rows;
}
