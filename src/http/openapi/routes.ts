import type { Context } from "koa";
import { z } from "zod";
import type { Server } from "../server.ts";
import type { SystemRoute } from "../system-route.ts";
import { describeApi, type OpenApiDocument } from "./document.ts";

/** A new version of the server is seen within this time. */
const cacheControl = "public, max-age=300";

/** The texts, each written once for a server: anybody may ask, and YAML takes long to write. */
const texts = new WeakMap<Server, ReturnType<typeof written>>();

/** What writes YAML is not loaded before somebody asks. */
async function written(document: OpenApiDocument) {
  const { stringify } = await import("yaml");
  return { json: JSON.stringify(document), yaml: stringify(document) };
}

/** The addresses at which the description of all `others`, and of itself, is read. */
export function openApiRoutes(others: SystemRoute[]): SystemRoute[] {
  const textsOf = (server: Server) => {
    const known =
      texts.get(server) ?? written(describeApi(server.registry, [...others, ...routes]));
    texts.set(server, known);
    return known;
  };
  const answer = (ctx: Context, type: string, body: string) => {
    ctx.set("Cache-Control", cacheControl);
    ctx.type = type;
    ctx.body = body;
  };
  const schema = z.looseObject({ openapi: z.literal("3.1.1") });
  const routes: SystemRoute[] = [
    {
      path: "/api/openapi.json",
      summary: "This description",
      access: "public",
      replies: { 200: { description: "OpenAPI 3.1.", mediaType: "application/json", schema } },
      run: async (ctx, server) => answer(ctx, "json", (await textsOf(server)).json),
    },
    {
      path: "/api/openapi.yaml",
      summary: "This description, to be read by people",
      access: "public",
      replies: {
        200: { description: "OpenAPI 3.1.", mediaType: "application/yaml", schema },
      },
      run: async (ctx, server) => answer(ctx, "application/yaml", (await textsOf(server)).yaml),
    },
  ];
  return routes;
}
