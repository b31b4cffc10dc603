import Router from "@koa/router";
import Koa from "koa";
import { User } from "#entities/accounts/user";
import { openDatabase } from "#kernel/database/database";
import { createLog } from "#kernel/observability/log";
import { openTenants } from "#kernel/tenancy/tenants";
import { tenantOf } from "#http/tenant-of-request";

// Run as a process of its own: `tenant-route.ts <port> <database url>`. One route twice: with the question
// whose the request is, as every request of ours begins, and without.
const [port, url = ""] = process.argv.slice(2);
const db = await openDatabase({ url, poolSize: 2, entities: [User] });
const tenants = openTenants({ db, log: createLog("warn") });
const answer = "x".repeat(2_000);

const router = new Router();
router.get("/bare", (ctx) => {
  ctx.body = answer;
});
router.get("/tenant", async (ctx) => {
  await tenantOf({ tenants, baseDomain: undefined }, ctx.headers, ctx.headers.host ?? "");
  ctx.body = answer;
});

new Koa()
  .use(router.routes())
  .listen(Number(port), "127.0.0.1", () => process.stdout.write("ready\n"));
