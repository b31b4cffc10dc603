import type Router from "@koa/router";
import { demand } from "#kernel/access";
import { BadUserInput } from "#kernel/errors";
import type { AnyRoute } from "#kernel/routes";
import { readJson } from "./body.ts";
import { requestContext } from "./request-context.ts";
import type { Server } from "./server.ts";

/** Mounts what the modules declare: the body is parsed by the route's own schema, or refused whole. */
export function mountRoutes(router: Router, server: Server): void {
  for (const route of server.registry.routes) mount(router, route, server);
}

function mount(router: Router, route: AnyRoute, server: Server): void {
  const facts = { secret: server.secret, permissions: server.registry.permissions };
  router[route.method](`/api${route.path}`, async (ctx) => {
    const request = await requestContext(server, ctx.headers);
    if (route.access !== "public") demand(request.actor, route.access);
    const { data, error } = route.body.safeParse(await readJson(ctx.req));
    if (error) throw BadUserInput.from(error);
    ctx.set("Cache-Control", "no-store");
    ctx.body = await route.run(request, data, facts);
  });
}
