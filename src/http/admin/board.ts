import { createBullBoard } from "@bull-board/api";
import { KoaAdapter } from "@bull-board/koa";
import type { Context, Middleware } from "koa";
import type { RequestContext } from "#kernel/context";
import { boardPolicy } from "../security-headers.ts";
import type { Server } from "../server.ts";
import { ShownQueue, tenantNames } from "./board-queue.ts";
import { recording, steerOf } from "./steering.ts";

const path = "/admin/jobs";

/** bull-board, for whoever has been let in: what it serves, it serves from here. */
export function board(server: Server): (ctx: Context, visitor: RequestContext) => Promise<void> {
  let made: Middleware | undefined;
  return async (ctx, visitor) => {
    made ??= bullBoard(server);
    if (ctx.method === "GET") return show(ctx, made);
    const steer = steerOf(ctx.method, ctx.path.slice(path.length));
    if (!steer) return refuse(ctx);
    const record = await recording(server, visitor, steer);
    await show(ctx, made);
    if (ctx.status < 400) await record();
  };
}

/** Made when it is asked for first: most processes are never asked. */
function bullBoard({ admin, tenants }: Server): Middleware {
  const adapter = new KoaAdapter().setBasePath(path);
  const known = { find: tenants.find, names: tenantNames() };
  createBullBoard({
    queues: admin
      .queues()
      .map((queue) => new ShownQueue(queue, { ...known, description: admin.describe(queue.name) })),
    serverAdapter: adapter,
    options: {
      uiConfig: {
        boardTitle: "RusTok jobs",
        hideDocsLink: true,
        sortQueues: true,
        locale: { lng: "en-US" },
        miscLinks: [
          { text: "Trace a change", url: "/admin/trace" },
          { text: "Sign out", url: "/admin/sign-out" },
        ],
      },
    },
  });
  return adapter.registerPlugin() as Middleware;
}

async function show(ctx: Context, middleware: Middleware): Promise<void> {
  await middleware(ctx, async () => {});
  const named = /\/static\/.+\.[0-9a-f]{10}\.(js|css)$/.test(ctx.path);
  ctx.set("Cache-Control", named ? "private, max-age=31536000, immutable" : "no-store");
  // Of its scripts, too: one that runs in the background is bound by what came with it.
  ctx.set("Content-Security-Policy", boardPolicy);
  ctx.set("Referrer-Policy", "same-origin");
  if (ctx.type !== "text/html" || typeof ctx.body !== "string") return;
  // The one thing that the page has from elsewhere.
  ctx.body = ctx.body.replace(/<link href="https:\/\/fonts\.[^>]*>/, "");
}

/** In bull-board's words, so that it shows them. */
function refuse(ctx: Context): void {
  ctx.status = 403;
  ctx.body = {
    error: "This is not done by hand: jobs come from events, and their schedules from the modules.",
  };
}
