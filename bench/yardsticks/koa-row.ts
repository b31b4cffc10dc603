import Router from "@koa/router";
import { Redis } from "ioredis";
import Koa from "koa";
import pg from "pg";
import pino from "pino";
import { protect } from "#http/app";
import { createLog } from "#kernel/observability/log";

// Run as a process of its own: `koa-row.ts <port> <database url> <tenant id> [<log level> [<redis url>]]`. The
// least a detail read can cost on this stack: one named statement by primary facts, its text sent on as it is.
// With a log level, behind all that protects our own routes.
const [port, url, tenantId, level, redisUrl] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 10 });
const router = new Router();

router.get("/products/:handle", async (ctx) => {
  const { rows } = await pool.query<{ doc: string }>({
    name: "row",
    text: `select doc::text as doc from index_products
           where tenant_id = $1 and locale = 'en' and handle = $2 and visible`,
    values: [tenantId, ctx.params["handle"]],
  });
  ctx.type = "json";
  ctx.body = rows[0]?.doc ?? null;
});

const app = new Koa();
if (level) {
  protect(app, {
    log: createLog(level, pino.destination({ dest: "/dev/null", sync: true })),
    trustedProxies: [],
    corsOrigins: ["https://shop.example"],
    requestsPerMinute: { address: 1_000_000_000, tenant: 1_000_000_000 },
    redis: redisUrl ? new Redis(redisUrl) : undefined,
  });
}
app.use(router.routes()).listen(Number(port), "127.0.0.1", () => process.stdout.write("ready\n"));
