import type Router from "@koa/router";
import type { Context } from "koa";
import type { z } from "zod";
import type { Server, Watched } from "./server.ts";

/** An address of the server itself: it belongs to no module, and needs no tenant. */
export interface SystemRoute<Of extends Watched = Server> {
  path: string;
  summary: string;
  description?: string;
  /** "operator": in production for who shows the metrics token. */
  access: "public" | "operator";
  replies: Record<number, SystemReply>;
  run(ctx: Context, server: Of): Promise<void> | void;
}

export interface SystemReply {
  description: string;
  /** Without parameters: `text/html`. */
  mediaType: string;
  schema: z.ZodType;
}

export function mountSystemRoutes<Of extends Watched>(
  router: Router,
  server: Of,
  routes: SystemRoute<Of>[],
): void {
  for (const { path, run } of routes) router.get(path, (ctx) => run(ctx, server));
}
