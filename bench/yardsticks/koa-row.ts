import Router from "@koa/router";
import Koa from "koa";
import pg from "pg";

// Run as a process of its own: `koa-row.ts <port> <database url> <tenant id>`. The least a detail read can
// cost on this stack: one named statement by primary facts, its text sent on as it is.
const [port, url, tenantId] = process.argv.slice(2);
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

new Koa()
  .use(router.routes())
  .listen(Number(port), "127.0.0.1", () => process.stdout.write("ready\n"));
