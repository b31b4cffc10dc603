import type { z } from "zod";
import type { RequestContext } from "#kernel/context";
import type { ErrorCode } from "#kernel/errors";

/** What a route may know of the server beyond its request. */
export interface ServerFacts {
  /** Signs tokens. */
  secret: string;
  /** Every permission that a module declares. */
  permissions: string[];
}

/** What a route reads of its request, each part parsed by the route's own schema. */
export interface RouteInput<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  /** Those that the route declares. */
  headers: Record<string, string>;
  /** The body as it was sent, for whoever checks a signature of it. */
  sent: string;
}

/** A REST operation of a module. Everything about it is in its declaration; http mounts it. */
export interface RouteDefinition<Params, Query, Body, Reply> {
  method: "get" | "post" | "put" | "patch" | "delete";
  /** Below `/api`, parameters in braces as OpenAPI writes them: `/v1/tenants/{id}`. */
  path: string;
  summary: string;
  description?: string;
  /** "public", "signed-in" for whoever has signed in, or the permission it needs. */
  access: string;
  /** Every name in the path's braces. */
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  /** What it reads of its headers, their names in lower case. */
  headers?: z.ZodObject<Record<string, z.ZodType<string>>>;
  /** Left out: it takes none. */
  body?: z.ZodType<Body>;
  /** Left out: it answers 204 without a body. */
  reply?: z.ZodType<Reply>;
  /** What it answers with where that is not JSON, such as `application/x-ndjson`; the reply is a stream then, or a text, of which a reader may ask whether it has changed. */
  media?: string;
  /** Of a success; 200 when left out, 204 without a reply. */
  status?: 200 | 201 | 202 | 204;
  /** What it may refuse with, beside what any route may. */
  errors?: ErrorCode[];
  /** Its answer holds a secret: nobody keeps it, neither a cache nor we for an `Idempotency-Key`. */
  secret?: true;
  run(
    ctx: RequestContext,
    input: RouteInput<Params, Query, Body>,
    server: ServerFacts,
  ): Promise<Reply>;
}

// A list of routes mixes shapes; each request is parsed by its own route before it runs.
// eslint-disable-next-line typescript/no-explicit-any
export type AnyRoute = RouteDefinition<any, any, any, any>;

export function defineRoute<Params = unknown, Query = unknown, Body = unknown, Reply = void>(
  route: RouteDefinition<Params, Query, Body, Reply>,
): RouteDefinition<Params, Query, Body, Reply> {
  return route;
}
