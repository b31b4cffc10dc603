import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { Tenant } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import type { Registry } from "#kernel/modules/registry";

/** The installation that is attacked: a server of it, and its database as that server sees it. */
export interface World {
  /** Of the server, without a slash at the end. */
  url: string;
  registry: Registry;
  schema: GraphQLSchema;
  db: Database;
  log: Logger;
  /** Told of each operation before it is sent. */
  asking?: (operation: string) => void;
}

/** Something that is not as it should be, and where. */
export interface Finding {
  /** Such as `query adminAuthors`, `table authors`, `job index-products`. */
  where: string;
  what: string;
}

export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions: Record<string, unknown> }[];
}

/** Sends a request to the world's server for a tenant, as whom the token stands for, or as a visitor. */
export function request(
  { url }: World,
  { tenant, token, path, method = "POST", body }: Request,
): Promise<Response> {
  return fetch(url + path, {
    method,
    headers: {
      "x-tenant-id": tenant.id,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

interface Request {
  tenant: Tenant;
  token?: string | undefined;
  /** From the slash on. */
  path: string;
  method?: string;
  body?: unknown;
}

/** The answer to a GraphQL operation. */
export async function ask(
  world: World,
  { tenant, token }: Pick<Request, "tenant" | "token">,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Answer> {
  const body = { query, variables };
  const response = await request(world, { tenant, token, path: "/api/graphql", body });
  return (await response.json()) as Answer;
}
