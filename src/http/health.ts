import type Router from "@koa/router";
import { type Freshness, staleness, type TenantFreshness } from "#kernel/freshness";
import type { Quantiles } from "#kernel/lag";
import { inTime } from "./in-time.ts";
import { isOperator } from "./operator.ts";
import type { Server } from "./server.ts";

/** Alive, ready, and a summary for people. None of them needs a tenant. */
export function mountHealth(router: Router, server: Server): void {
  const startedAt = new Date();

  router.get("/api/health/live", (ctx) => {
    ctx.body = { status: "ok" };
  });

  router.get("/api/health/ready", async (ctx) => {
    const { status, reasons, database } = await check(server);
    ctx.status = status === "down" ? 503 : 200;
    ctx.body = { status, ...(reasons.length > 0 && { reasons }), checks: { database } };
  });

  router.get("/api/health", async (ctx) => {
    const { status, reasons, database, freshness } = await check(server);
    ctx.body = {
      status,
      startedAt: startedAt.toISOString(),
      adapters: server.adapters,
      modules: server.registry.modules.map(({ slug, version }) => ({ slug, version })),
      checks: { database },
      freshness: freshness && {
        objectiveMs: server.freshnessObjectiveMs,
        reasons,
        ...inAll(freshness),
        // Who our tenants are is nobody's business.
        ...(isOperator(server, ctx.headers) && { tenants: freshness.tenants.map(shown) }),
      },
    };
  });
}

/** The longest a database may take to count as reachable. */
const answerMs = 2_000;

/** Down without its database; degraded when what storefronts read is not as fresh as it is to be. */
async function check(server: Server) {
  const database = await checkDatabase(server);
  if (database.status === "down") {
    return { status: "down", reasons: [], database, freshness: null };
  }
  try {
    const freshness = await inTime(answerMs, server.freshness());
    const reasons = staleness(freshness, server.freshnessObjectiveMs);
    return { status: reasons.length > 0 ? "degraded" : "ok", reasons, database, freshness };
  } catch (error) {
    server.log.warn({ err: error }, "what is behind is not known");
    const reasons = ["how fresh the read model is, is not known"];
    return { status: "degraded", reasons, database, freshness: null };
  }
}

async function checkDatabase({ db, log }: Server) {
  const start = performance.now();
  try {
    await inTime(answerMs, db.pool.query("select 1"));
    return { status: "ok", latencyMs: Math.round(performance.now() - start) };
  } catch (error) {
    log.warn({ err: error }, "the database does not answer");
    return { status: "down", latencyMs: Math.round(performance.now() - start) };
  }
}

/** Of all tenants together, or of the one that is furthest behind. */
function inAll({ tenants, queues }: Freshness) {
  const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0);
  return {
    readModel: worst(tenants.map(({ readModel }) => readModel)),
    search: worst(tenants.map(({ search }) => search)),
    oldestChangeMs: Math.max(0, ...tenants.map(({ oldestChange }) => age(oldestChange))),
    oldestDocumentMs: Math.max(0, ...tenants.map(({ oldestDocument }) => age(oldestDocument))),
    eventsWaiting: sum(tenants.map(({ eventsWaiting }) => eventsWaiting)),
    documentsWaiting: sum(tenants.map(({ documentsWaiting }) => documentsWaiting)),
    queues: queues.map(({ queue, waiting, failed }) => ({ queue, waiting, failed })),
  };
}

function shown({ slug, readModel, search, ...tenant }: TenantFreshness) {
  return {
    tenant: slug,
    readModel: worst([readModel]),
    search: worst([search]),
    oldestChangeMs: age(tenant.oldestChange),
    oldestDocumentMs: age(tenant.oldestDocument),
    eventsWaiting: tenant.eventsWaiting,
    documentsWaiting: tenant.documentsWaiting,
  };
}

function worst(lags: (Quantiles | null)[]) {
  const known = lags.filter((lag) => lag !== null);
  if (known.length === 0) return null;
  return {
    p50Ms: Math.max(...known.map(({ p50 }) => p50)),
    p99Ms: Math.max(...known.map(({ p99 }) => p99)),
  };
}

const age = (since: Date | null) => (since ? Math.max(0, Date.now() - since.getTime()) : 0);
