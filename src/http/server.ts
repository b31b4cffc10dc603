import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { Database } from "#kernel/database";
import type { Registry } from "#kernel/registry";
import type { FindTenant } from "#kernel/tenancy";

/** What every part of the HTTP side works with. */
export interface Server {
  registry: Registry;
  schema: GraphQLSchema;
  db: Database;
  findTenant: FindTenant;
  log: Logger;
  secret: string;
  graphiql: boolean;
  /** The adapters in use, by need: `{ database: "embedded PostgreSQL" }`. */
  adapters: Record<string, string>;
}
