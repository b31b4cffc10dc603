import { z } from "zod";
import type { ZodOpenApiOperationObject } from "zod-openapi";
import type { AnyRoute } from "#kernel/rest/routes";
import { idempotencyHeader, takesKeys } from "../idempotency.ts";
import { isKept } from "../rest.ts";
import type { SystemRoute } from "../system-route.ts";
import { errorResponses, statusesOf } from "./errors.ts";
import { operationId } from "./operation-id.ts";

const json = "application/json";

const tenantHeaders = {
  "X-Tenant-Id": z.string().optional().meta({
    description: "The tenant's ULID or UUID. Without it and X-Tenant-Slug the host says.",
  }),
  "X-Tenant-Slug": z.string().optional().meta({ description: "The tenant's slug." }),
};

const keyHeader = {
  [idempotencyHeader]: z
    .string()
    .optional()
    .meta({ description: "The call happens once, however often it is sent within a day." }),
};

const tagHeader = { ETag: z.string().meta({ description: "Send it back as If-None-Match." }) };

/** Whoever calls a route of a tenant may be told so. */
const always = [400, 401, 403, 404, 429, 500];

/** A module's route, by its own schemas. */
export function describeRoute(route: AnyRoute, tag: string): ZodOpenApiOperationObject {
  const { method, summary, description, access, body, reply, media, errors = [] } = route;
  const keyed = takesKeys(route);
  const kept = isKept(route);
  const statuses = [
    ...always,
    ...(body ? [413, 415] : []),
    ...(keyed ? [409, 422] : []),
    ...errors.flatMap(statusesOf),
  ];
  return {
    operationId: operationId(method, `/api${route.path}`),
    tags: [tag],
    summary,
    ...(description && { description }),
    security: access === "public" ? [{}, { bearer: [] }] : [{ bearer: [] }],
    requestParams: {
      header: z.object({ ...tenantHeaders, ...(keyed && keyHeader), ...route.headers?.shape }),
      ...(route.params && { path: route.params as z.ZodObject }),
      ...(route.query && { query: route.query as z.ZodObject }),
    },
    ...(body && {
      requestBody: { required: true, content: { [json]: { schema: body } } },
    }),
    responses: {
      [String(route.status ?? (reply ? 200 : 204))]: {
        description: "Done.",
        ...(kept && { headers: z.object(tagHeader) }),
        ...(reply && { content: { [media ?? json]: { schema: reply } } }),
      },
      ...(kept && { "304": { description: "It is still what If-None-Match says." } }),
      ...errorResponses(statuses),
    },
  };
}

export function describeSystemRoute(route: SystemRoute): ZodOpenApiOperationObject {
  const { path, summary, description, access, replies } = route;
  const own = Object.entries(replies).map(([status, reply]) => [
    status,
    {
      description: reply.description,
      content: { [reply.mediaType]: { schema: reply.schema } },
    },
  ]);
  const refused = access === "operator" ? [401, 404] : [];
  return {
    operationId: operationId("get", path),
    tags: ["System"],
    summary,
    ...(description && { description }),
    security: access === "operator" ? [{ metricsToken: [] }] : [],
    responses: {
      ...Object.fromEntries(own),
      ...errorResponses([...refused, 429, 500]),
    },
  };
}
