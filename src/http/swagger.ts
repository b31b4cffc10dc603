import { createReadStream } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type Router from "@koa/router";
import type { Context } from "koa";
import { z } from "zod";
import { answerPage } from "./security-headers.ts";
import type { SystemRoute } from "./system-route.ts";

const require = createRequire(import.meta.url);
const manifest = require.resolve("swagger-ui-dist/package.json");
const { version } = require(manifest) as { version: string };
const assetsPath = "/swagger/assets";

/** What the page loads, by the name it asks for; nothing of it comes from elsewhere. */
const assets = new Map([
  ["swagger-ui.min.css", "swagger-ui.css"],
  ["swagger-ui-bundle.js", "swagger-ui-bundle.js"],
  ["swagger-ui-standalone-preset.js", "swagger-ui-standalone-preset.js"],
  ["favicon-32x32.png", "favicon-32x32.png"],
]);

let page: string | undefined;

export const swaggerRoutes: SystemRoute[] = [
  {
    path: "/swagger",
    summary: "This description as a page to try it out on",
    access: "public",
    replies: { 200: { description: "The page.", mediaType: "text/html", schema: z.string() } },
    async run(ctx) {
      const html = (page ??= await rendered(ctx));
      answerPage(ctx, (nonce) => html.replaceAll("<script", `<script nonce="${nonce}"`));
    },
  },
];

async function rendered(ctx: Context): Promise<string> {
  const { koaSwagger } = await import("koa2-swagger-ui");
  const render = koaSwagger({
    title: "RusTok",
    routePrefix: false,
    swaggerCdnUrl: assetsPath,
    swaggerVersion: version,
    favicon: `${assetsPath}/${version}/favicon-32x32.png`,
    hideTopbar: true,
    swaggerOptions: {
      url: "/api/openapi.json",
      dom_id: "#swagger-ui",
      layout: "StandaloneLayout",
      // It would send the document to swagger.io.
      validatorUrl: null,
    },
  });
  await render(ctx, async () => {});
  // The one thing that the page has from elsewhere; its style sheet names other fonts besides.
  return String(ctx.body).replace(/<link href="https:\/\/fonts\.[^>]*>/, "");
}

/** Serves what the page loads. The version is in the address, so it can be kept for ever. */
export function mountSwaggerAssets(router: Router): void {
  router.get(`${assetsPath}/${version}/:file`, (ctx: Context, next) => {
    const file = assets.get(String(ctx["params"].file));
    if (!file) return next();
    ctx.set("Cache-Control", "public, max-age=31536000, immutable");
    ctx.type = file;
    ctx.body = createReadStream(join(dirname(manifest), file));
  });
}
