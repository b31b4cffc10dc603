import Router from "@koa/router";
import Koa from "koa";
import { answerErrors } from "../errors.ts";
import { healthRoutes } from "./health.ts";
import { measureProcess, metricsRoutes } from "../metrics/metrics.ts";
import { identifyRequests } from "../request-id.ts";
import type { Watched } from "../server.ts";
import { mountSystemRoutes } from "../system-route.ts";

/** What a process without an API answers: health and metrics, to those who watch it and nobody else. */
export function createProbes(watched: Watched): Koa {
  measureProcess();
  const app = new Koa();
  app.on("error", (error) => watched.log.warn({ err: error }, "an answer to a probe failed"));
  app.use(identifyRequests);
  app.use(answerErrors(watched.log));
  const router = new Router();
  mountSystemRoutes(router, watched, [...healthRoutes, ...metricsRoutes]);
  app.use(router.routes());
  return app;
}
