import type { GraphQLSchema } from "graphql";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import type { Freshness } from "#kernel/consistency/freshness";
import type { FindActor } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import type { Registry } from "#kernel/modules/registry";
import type { Tokens } from "#kernel/security/tokens";
import type { Tenants } from "#kernel/tenancy/tenants";
import type { AdminSide } from "./admin/admin-side.ts";
import type { RequestsPerMinute } from "./rate-limit.ts";

/** What is needed to tell how a process is: of any role, with or without an API. */
export interface Watched {
  registry: Registry;
  db: Database;
  tenants: Tenants;
  log: Logger;
  /** What processes share, if they do. */
  redis?: Redis | undefined;
  production: boolean;
  /** Who shows it is an operator; without one, nobody is in production. */
  metricsToken: string | undefined;
  /** How long a change may take to be seen before readiness turns degraded. */
  freshnessObjectiveMs: number;
  freshness(): Promise<Freshness>;
  /** What else it works with, by name, each with how to find out whether it answers. */
  dependencies: Record<string, () => Promise<unknown>>;
  /** Why the server must not do its work though everything answers, for an operator; undefined when it may. */
  unfit?: () => Promise<string | undefined>;
  /** The adapters in use, by need: `{ database: "embedded PostgreSQL" }`. */
  adapters: Record<string, string>;
}

/** What every part of the HTTP side works with. Requests are counted in its Redis for all processes together; without one, each counts for itself. */
export interface Server extends Watched {
  schema: GraphQLSchema;
  /** Every tenant's slug is a host below it. */
  baseDomain: string | undefined;
  findActor: FindActor;
  tokens: Tokens;
  admin: AdminSide;
  secret: string;
  graphiql: boolean;
  /** Where mails lie that a browser may read; absent where they are sent. */
  mailFolder?: string | undefined;
  /** Whether the GraphQL schema may be asked for. */
  introspection: boolean;
  /** Whose `X-Forwarded-*` headers are believed. */
  trustedProxies: string[];
  /** Where pages may come from that call from a browser. */
  corsOrigins: string[];
  requestsPerMinute: RequestsPerMinute;
}
