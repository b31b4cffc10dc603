import type Router from "@koa/router";
import type { Context } from "koa";
import type { z } from "zod";
import type { Server } from "./server.ts";

/** An address of the server itself: it belongs to no module, and needs no tenant. */
export interface SystemRoute {
  path: string;
  summary: string;
  description?: string;
  /** "operator": in production for who shows the metrics token. */
  access: "public" | "operator";
  replies: Record<number, SystemReply>;
  run(ctx: Context, server: Server): Promise<void> | void;
}

export interface SystemReply {
  description: string;
  /** Without parameters: `text/html`. */
  mediaType: string;
  schema: z.ZodType;
}

export function mountSystemRoutes(router: Router, server: Server, routes: SystemRoute[]): void {
  for (const { path, run } of routes) router.get(path, (ctx) => run(ctx, server));
}
