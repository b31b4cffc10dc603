import type { Context } from "koa";
import { stringify } from "yaml";
import { z } from "zod";
import type { Server } from "../server.ts";
import type { SystemRoute } from "../system-route.ts";
import { describeApi, type OpenApiDocument } from "./document.ts";

/** A new version of the server is seen within this time. */
const cacheControl = "public, max-age=300";

const documents = new WeakMap<Server, OpenApiDocument>();

/** The addresses at which the description of all `others`, and of itself, is read. */
export function openApiRoutes(others: SystemRoute[]): SystemRoute[] {
  const documentOf = (server: Server) => {
    const known = documents.get(server) ?? describeApi(server.registry, [...others, ...routes]);
    documents.set(server, known);
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
      run: (ctx, server) => answer(ctx, "json", JSON.stringify(documentOf(server))),
    },
    {
      path: "/api/openapi.yaml",
      summary: "This description, to be read by people",
      access: "public",
      replies: {
        200: { description: "OpenAPI 3.1.", mediaType: "application/yaml", schema },
      },
      run: (ctx, server) => answer(ctx, "application/yaml", stringify(documentOf(server))),
    },
  ];
  return routes;
}
