import Router from "@koa/router";
import Koa from "koa";
import { DomainError } from "#kernel/errors";
import { answerErrors } from "./errors.ts";
import { serveGraphiQL, wantsGraphiQL } from "./graphiql.ts";
import { graphqlHandler } from "./graphql.ts";
import { mountHealth } from "./health.ts";
import { mountKeySet } from "./key-set.ts";
import { measureRequests, mountMetrics } from "./metrics.ts";
import { mountRoutes } from "./rest.ts";
import type { Server } from "./server.ts";

/** The whole HTTP side: health, metrics, the modules' REST routes, and the one GraphQL endpoint. */
export function createApp(server: Server): Koa {
  const router = new Router();
  mountHealth(router, server);
  mountMetrics(router, server);
  mountKeySet(router, server);
  mountRoutes(router, server);

  const graphql = graphqlHandler(server);
  router.all("/api/graphql", async (ctx) => {
    if (server.graphiql && wantsGraphiQL(ctx)) await serveGraphiQL(ctx);
    else await graphql(ctx);
  });

  const app = new Koa();
  app.on("error", (error: NodeJS.ErrnoException) => {
    // A client that hangs up is not our error.
    if (error.code !== "EPIPE" && error.code !== "ECONNRESET") {
      server.log.error({ err: error }, "the response failed");
    }
  });
  app.use(measureRequests);
  app.use(answerErrors(server.log));
  app.use(router.routes());
  app.use(
    router.allowedMethods({
      throw: true,
      methodNotAllowed: notAllowed,
      notImplemented: notAllowed,
    }),
  );
  return app;
}

const notAllowed = () =>
  new DomainError({
    code: "BAD_USER_INPUT",
    status: 405,
    message: "This address does not take that method.",
  });
