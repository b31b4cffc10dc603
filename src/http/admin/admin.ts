import Router from "@koa/router";
import type Koa from "koa";
import type { Server } from "../server.ts";
import { board } from "./board.ts";
import { forAdministrators } from "./guard.ts";
import { showSignIn, showSignOut, signIn, signOut } from "./sign-in.ts";
import { showTrace, showTraceForm } from "./trace-page.ts";

/** The pages for who runs the installation: they belong to no tenant, and to no module. */
export function mountAdmin(app: Koa, server: Server): void {
  const router = new Router();
  router.get("/admin", (ctx) => ctx.redirect("/admin/jobs"));
  router.get("/admin/sign-in", (ctx) => showSignIn(server, ctx));
  router.post("/admin/sign-in", (ctx) => signIn(server, ctx));
  router.get("/admin/sign-out", showSignOut);
  router.post("/admin/sign-out", (ctx) => signOut(server, ctx));
  router.get("/admin/trace", forAdministrators(server, showTraceForm));
  router.get(
    "/admin/trace/:eventId",
    forAdministrators(server, (ctx) => showTrace(server, ctx)),
  );
  router.all("/admin/jobs{/*rest}", forAdministrators(server, board(server)));
  app.use(router.routes());
}
