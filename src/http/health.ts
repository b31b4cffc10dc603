import { setTimeout as delay } from "node:timers/promises";
import type Router from "@koa/router";
import type { Server } from "./server.ts";

/** Alive, ready, and a summary for people. None of them needs a tenant. */
export function mountHealth(router: Router, server: Server): void {
  const startedAt = new Date();

  router.get("/api/health/live", (ctx) => {
    ctx.body = { status: "ok" };
  });

  router.get("/api/health/ready", async (ctx) => {
    const database = await checkDatabase(server);
    ctx.status = database.status === "ok" ? 200 : 503;
    ctx.body = { status: database.status, checks: { database } };
  });

  router.get("/api/health", async (ctx) => {
    const database = await checkDatabase(server);
    ctx.body = {
      status: database.status,
      startedAt: startedAt.toISOString(),
      adapters: server.adapters,
      modules: server.registry.modules.map(({ slug, version }) => ({ slug, version })),
      checks: { database },
    };
  });
}

/** The longest a database may take to count as reachable. */
const answerMs = 2_000;

async function tooLate(ms: number): Promise<never> {
  await delay(ms, undefined, { ref: false });
  throw new Error(`no answer within ${ms} ms`);
}

async function checkDatabase({ db, log }: Server) {
  const start = performance.now();
  try {
    await Promise.race([db.pool.query("select 1"), tooLate(answerMs)]);
    return { status: "ok", latencyMs: Math.round(performance.now() - start) };
  } catch (error) {
    log.warn({ err: error }, "the database does not answer");
    return { status: "down", latencyMs: Math.round(performance.now() - start) };
  }
}
