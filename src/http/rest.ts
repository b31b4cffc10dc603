import type Router from "@koa/router";
import { z } from "zod";
import { demand, personOf } from "#kernel/access";
import { BadUserInput } from "#kernel/errors";
import { demandModule } from "#kernel/module-state";
import type { AnyRoute, RouteInput, TextDocument } from "#kernel/routes";
import { readJson } from "./body.ts";
import { sendDocument } from "./document.ts";
import { requestContext } from "./request-context.ts";
import type { Server } from "./server.ts";

/** Mounts what the modules declare: what was sent is parsed by the route's own schemas, or refused whole. */
export function mountRoutes(router: Router, server: Server): void {
  for (const route of server.registry.routes) mount(router, route, server);
}

function mount(router: Router, route: AnyRoute, server: Server): void {
  const facts = { secret: server.secret, permissions: server.registry.permissions };
  router[route.method](`/api${route.path.replaceAll(/\{(\w+)\}/g, ":$1")}`, async (ctx) => {
    const request = await requestContext(server, ctx);
    demandModule(request.tenant, server.registry.owners.get(route));
    if (route.access === "signed-in") personOf(request);
    else if (route.access !== "public") demand(request.actor, route.access);
    const input = parsed(route, {
      params: ctx["params"],
      query: { ...ctx.query },
      body: route.body && (await readJson(ctx.req)),
    });
    ctx.set("Cache-Control", "no-store");
    const reply: unknown = await route.run(request, input, facts);
    if (route.produces) return sendDocument(ctx, route.produces, reply as TextDocument);
    // Without a reply nothing is sent: left to itself, Koa would send the status in words.
    ctx.body = route.reply ? reply : null;
    ctx.status = route.status ?? (route.reply ? 200 : 204);
    if (route.media) ctx.type = route.media;
  });
}

type Input = RouteInput<unknown, unknown, unknown>;

/** Throws BAD_USER_INPUT with every fault of every part at once. */
function parsed(route: AnyRoute, given: Input): Input {
  const parts = ["params", "query", "body"] as const;
  const results = parts.map((part) => [part, route[part]?.safeParse(given[part])] as const);
  const issues = results.flatMap(([, result]) => result?.error?.issues ?? []);
  if (issues.length > 0) throw BadUserInput.from(new z.ZodError(issues));
  return Object.fromEntries(results.map(([part, result]) => [part, result?.data])) as never;
}
