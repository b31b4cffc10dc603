import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { FindActor } from "#kernel/context";
import type { Database } from "#kernel/database";
import type { Freshness } from "#kernel/freshness";
import type { Registry } from "#kernel/registry";
import type { Tenants } from "#kernel/tenancy/tenants";
import type { Tokens } from "#kernel/tokens";

/** What every part of the HTTP side works with. */
export interface Server {
  registry: Registry;
  schema: GraphQLSchema;
  db: Database;
  tenants: Tenants;
  /** Every tenant's slug is a host below it. */
  baseDomain: string | undefined;
  findActor: FindActor;
  tokens: Tokens;
  log: Logger;
  secret: string;
  graphiql: boolean;
  production: boolean;
  /** Who shows it is an operator; without one, nobody is in production. */
  metricsToken: string | undefined;
  /** How long a change may take to be seen before readiness turns degraded. */
  freshnessObjectiveMs: number;
  freshness(): Promise<Freshness>;
  /** The adapters in use, by need: `{ database: "embedded PostgreSQL" }`. */
  adapters: Record<string, string>;
}
