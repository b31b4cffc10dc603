import type { Context, Next } from "koa";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { z } from "zod";
import { NotFound, Unauthenticated } from "#kernel/errors";
import { type InstallationGauge, metrics } from "#kernel/observability/metrics";
import { freshnessMetrics } from "./freshness.ts";
import { isOperator } from "../operator.ts";
import "./pools.ts";
import type { Watched } from "../server.ts";
import { tenantMetrics } from "./tenants.ts";
import type { SystemRoute } from "../system-route.ts";
import { inTime } from "../health/in-time.ts";

const requests = new Histogram({
  name: "rustok_http_request_duration_seconds",
  help: "Requests by route, status and how long they took to answer.",
  labelNames: ["method", "route", "status"],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [metrics],
});

/** Measures every request; those that no route takes are one. */
export async function measureRequests(ctx: Context, next: Next): Promise<void> {
  const began = performance.now();
  await next();
  const route = typeof ctx["_matchedRoute"] === "string" ? ctx["_matchedRoute"] : "none";
  requests.observe(
    { method: ctx.method, route, status: ctx.status },
    (performance.now() - began) / 1000,
  );
}

/** The longest that a scrape waits for the database. */
const askMs = 2_000;

/** Prometheus' format: this process, and what is behind in the whole installation. */
export const metricsRoutes: SystemRoute<Watched>[] = [
  {
    path: "/metrics",
    summary: "What Prometheus gathers",
    description: "In production it is not there without a METRICS_TOKEN.",
    access: "operator",
    replies: {
      200: { description: "The text format.", mediaType: "text/plain", schema: z.string() },
    },
    async run(ctx, server) {
      if (!isOperator(server, ctx.headers)) {
        if (server.metricsToken) throw new Unauthenticated("Show the metrics token.");
        throw new NotFound("page", ctx.path);
      }
      const parts = [metrics.metrics(), tenantMetrics(server.tenants), freshnessOf(server)];
      ctx.set("Content-Type", metrics.contentType);
      ctx.set("Cache-Control", "no-store");
      ctx.body = (await Promise.all(parts)).join("\n");
    },
  },
];

async function freshnessOf({ freshness, log, db, registry: { gauges } }: Watched): Promise<string> {
  const registry = new Registry();
  const up = new Gauge({
    name: "rustok_database_up",
    help: "Whether the database answers; without it nothing is known of what is behind.",
    registers: [registry],
  });
  try {
    const behind = await freshnessMetrics(await inTime(askMs, freshness()));
    await inTime(askMs, Promise.all(gauges.map((gauge) => show(gauge, db, registry))));
    up.set(1);
    return `${await registry.metrics()}\n${behind}`;
  } catch (error) {
    log.warn({ err: error }, "what is behind is not known");
    return registry.metrics();
  }
}

async function show(
  { name, help, label, read }: InstallationGauge,
  db: Watched["db"],
  registry: Registry,
): Promise<void> {
  const shown = new Gauge({
    name: `rustok_${name}`,
    help,
    labelNames: [label],
    registers: [registry],
  });
  for (const { of, value } of await read(db)) shown.set({ [label]: of }, value);
}

let measured = false;

/** Has the process itself measured: once, however many servers it has. */
export function measureProcess(): void {
  if (measured) return;
  measured = true;
  collectDefaultMetrics({ register: metrics });
}
