import { createDocument, type ZodOpenApiObject, type ZodOpenApiPathsObject } from "zod-openapi";
import type { Registry } from "#kernel/modules/registry";
import type { SystemRoute } from "../system-route.ts";
import { errorSchemas } from "./errors.ts";
import { describeRoute, describeSystemRoute } from "./operations.ts";

/** An OpenAPI 3.1 document, as plain JSON. */
export type OpenApiDocument = ReturnType<typeof createDocument>;

/** All that REST offers, from the schemas that judge what is sent. */
export function describeApi(
  { modules }: Pick<Registry, "modules">,
  systemRoutes: SystemRoute[],
): OpenApiDocument {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of systemRoutes) {
    paths[route.path] = { get: describeSystemRoute(route) };
  }
  for (const { name, routes } of modules) {
    for (const route of routes) {
      const path = `/api${route.path}`;
      paths[path] = { ...paths[path], [route.method]: describeRoute(route, name) };
    }
  }
  const tags = ["System", ...modules.filter(({ routes }) => routes.length > 0).map(nameOf)];
  return createDocument({
    openapi: "3.1.1",
    info: {
      title: "RusTok",
      version: "1",
      description:
        "The system's side of RusTok, and integrations. Editors and storefronts use GraphQL at `/api/graphql`.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags: tags.map((name) => ({ name })),
    paths,
    components: { securitySchemes, schemas: errorSchemas },
  });
}

const nameOf = ({ name }: { name: string }) => name;

const securitySchemes: NonNullable<ZodOpenApiObject["components"]>["securitySchemes"] = {
  bearer: {
    type: "http",
    scheme: "bearer",
    description: "What a sign-in has answered as accessToken, or an API key.",
  },
  metricsToken: { type: "http", scheme: "bearer", description: "The operator's METRICS_TOKEN." },
};
