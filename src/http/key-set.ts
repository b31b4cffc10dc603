import type Router from "@koa/router";
import type { Server } from "./server.ts";

/** A new key is shown for as long before it signs. */
const rememberedSeconds = 300;

/** GET /.well-known/jwks.json: by what others can verify our access tokens, in every tenant. */
export function mountKeySet(router: Router, { tokens }: Server): void {
  router.get("/.well-known/jwks.json", async (ctx) => {
    ctx.set("Cache-Control", `public, max-age=${rememberedSeconds}`);
    ctx.type = "application/jwk-set+json";
    ctx.body = JSON.stringify(await tokens.keySet());
  });
}
