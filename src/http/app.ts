import Router from "@koa/router";
import Koa from "koa";
import { DomainError } from "#kernel/errors";
import { logRequests } from "./access-log.ts";
import { mountAdmin } from "./admin/admin.ts";
import { refuseCrossSite, shareWith } from "./cross-origin.ts";
import { entrance } from "./entered.ts";
import { answerErrors } from "./errors.ts";
import { recogniseProxies } from "./forwarded.ts";
import { serveGraphiQL, wantsGraphiQL } from "./graphql/graphiql.ts";
import { graphqlHandler } from "./graphql/graphql.ts";
import { measureProcess, measureRequests } from "./metrics/metrics.ts";
import { limitAddresses } from "./rate-limit.ts";
import { identifyRequests } from "./request-id.ts";
import { mountMailPage } from "./mail-page.ts";
import { mountRoutes } from "./rest.ts";
import { setSecurityHeaders } from "./security-headers.ts";
import type { Server } from "./server.ts";
import { mountSwaggerAssets } from "./swagger.ts";
import { mountSystemRoutes } from "./system-route.ts";
import { systemRoutes } from "./system-routes.ts";
import { traceRequests } from "./tracing.ts";

/** The whole HTTP side: what every request goes through, and where it then ends up. */
export function createApp(server: Server): Koa {
  measureProcess();
  const app = new Koa();
  app.on("error", (error: NodeJS.ErrnoException) => {
    // A client that hangs up is not our error.
    if (error.code !== "EPIPE" && error.code !== "ECONNRESET") {
      server.log.error({ err: error }, "the response failed");
    }
  });
  protect(app, server);
  serve(app, server);
  return app;
}

type Protection = Pick<
  Server,
  "trustedProxies" | "log" | "corsOrigins" | "requestsPerMinute" | "redis"
>;

/** In this order: what is refused, too, has a number, is measured and logged, and bears the headers that browsers heed. */
export function protect(app: Koa, server: Protection): void {
  app.use(identifyRequests);
  app.use(recogniseProxies(server.trustedProxies));
  app.use(traceRequests);
  app.use(measureRequests);
  app.use(logRequests(server.log));
  app.use(setSecurityHeaders);
  app.use(answerErrors(server.log));
  app.use(shareWith(server.corsOrigins));
  app.use(limitAddresses(server.requestsPerMinute.address, server.redis));
  app.use(refuseCrossSite(server.corsOrigins));
}

/** The pages of who runs all this, health, metrics and the description of REST, the modules' REST routes, and the one GraphQL endpoint. */
function serve(app: Koa, server: Server): void {
  mountAdmin(app, server);
  const enter = entrance(server);
  const router = new Router();
  mountSystemRoutes(router, server, systemRoutes);
  mountSwaggerAssets(router);
  if (server.mailFolder !== undefined) mountMailPage(router, server.mailFolder);
  mountRoutes(router, server, enter);

  const graphql = graphqlHandler(server, enter);
  router.all("/api/graphql", async (ctx) => {
    if (server.graphiql && wantsGraphiQL(ctx)) await serveGraphiQL(ctx);
    else await graphql(ctx);
  });

  app.use(router.routes());
  app.use(
    router.allowedMethods({
      throw: true,
      methodNotAllowed: notAllowed,
      notImplemented: notAllowed,
    }),
  );
}

const notAllowed = () =>
  new DomainError({
    code: "BAD_USER_INPUT",
    status: 405,
    message: "This address does not take that method.",
  });
