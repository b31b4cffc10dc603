import type { z } from "zod";
import type { RequestContext } from "#kernel/context";

/** What a route may know of the server beyond its request. */
export interface ServerFacts {
  /** Signs tokens. */
  secret: string;
  /** Every permission that a module declares. */
  permissions: string[];
}

/** A REST operation of a module. Everything about it is in its declaration; http mounts it. */
export interface RouteDefinition<Body, Reply> {
  method: "get" | "post" | "put" | "patch" | "delete";
  /** Below `/api`. */
  path: string;
  summary: string;
  /** "public", or the permission it needs. */
  access: string;
  body: z.ZodType<Body>;
  reply: z.ZodType<Reply>;
  run(ctx: RequestContext, body: Body, server: ServerFacts): Promise<Reply>;
}

// A list of routes mixes bodies; each is parsed by its own route before it runs.
// eslint-disable-next-line typescript/no-explicit-any
export type AnyRoute = RouteDefinition<any, any>;

export function defineRoute<Body, Reply>(
  route: RouteDefinition<Body, Reply>,
): RouteDefinition<Body, Reply> {
  return route;
}
