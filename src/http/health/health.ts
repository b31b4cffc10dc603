import { z } from "zod";
import { DependencyCheck, lookAfter, type Standing } from "./dependencies.ts";
import { inAll, InAll, ofTenant, OfTenant } from "./freshness.ts";
import { isOperator } from "../operator.ts";
import type { Watched } from "../server.ts";
import type { SystemRoute } from "../system-route.ts";

const status = z.enum(["ok", "degraded", "down"]);
const checks = z
  .record(z.string(), DependencyCheck)
  .meta({ description: "By name: database, queues, redis, search." });

const Ready = z
  .object({ status, reasons: z.array(z.string()).optional(), checks })
  .meta({ id: "Readiness" });

const Health = z
  .object({
    status,
    startedAt: z.iso.datetime(),
    adapters: z.record(z.string(), z.string()),
    modules: z.array(z.object({ slug: z.string(), version: z.string() })),
    checks,
    freshness: z
      .object({
        objectiveMs: z.number(),
        reasons: z.array(z.string()),
        ...InAll.shape,
        tenants: z.array(OfTenant).optional().meta({ description: "For the operator." }),
      })
      .nullable()
      .meta({ description: "Null where it is not known." }),
  })
  .meta({ id: "Health" });

const json = "application/json";

/** Alive, ready, and a summary for people. */
export const healthRoutes: SystemRoute<Watched>[] = [
  {
    path: "/api/health/live",
    summary: "Whether the process answers",
    access: "public",
    replies: {
      200: {
        description: "It does.",
        mediaType: json,
        schema: z.object({ status: z.literal("ok") }),
      },
    },
    run(ctx) {
      ctx.body = { status: "ok" };
    },
  },
  {
    path: "/api/health/ready",
    summary: "Whether the server can do its work",
    access: "public",
    replies: {
      200: { description: "It can, though perhaps degraded.", mediaType: json, schema: Ready },
      503: { description: "It is down.", mediaType: json, schema: Ready },
    },
    async run(ctx, server) {
      const { status, reasons, checks } = await lookAfter(server);
      ctx.status = status === "down" ? 503 : 200;
      ctx.body = { status, ...(reasons.length > 0 && { reasons }), checks };
    },
  },
  {
    path: "/api/health",
    summary: "How the server is, for people",
    access: "public",
    replies: { 200: { description: "How it is.", mediaType: json, schema: Health } },
    async run(ctx, server) {
      const standing = await lookAfter(server);
      ctx.body = {
        status: standing.status,
        startedAt: new Date(performance.timeOrigin).toISOString(),
        adapters: server.adapters,
        modules: server.registry.modules.map(({ slug, version }) => ({ slug, version })),
        checks: standing.checks,
        // Who our tenants are is nobody's business.
        freshness: freshness(
          standing,
          server.freshnessObjectiveMs,
          isOperator(server, ctx.headers),
        ),
      };
    },
  },
];

function freshness({ freshness, stale }: Standing, objectiveMs: number, operator: boolean) {
  return (
    freshness && {
      objectiveMs,
      reasons: stale,
      ...inAll(freshness),
      ...(operator && { tenants: freshness.tenants.map(ofTenant) }),
    }
  );
}
