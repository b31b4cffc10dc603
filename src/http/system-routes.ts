import { healthRoutes } from "./health/health.ts";
import { keySetRoutes } from "./key-set.ts";
import { metricsRoutes } from "./metrics/metrics.ts";
import { openApiRoutes } from "./openapi/routes.ts";
import { swaggerRoutes } from "./swagger.ts";
import type { SystemRoute } from "./system-route.ts";

const watched: SystemRoute[] = [
  ...healthRoutes,
  ...metricsRoutes,
  ...keySetRoutes,
  ...swaggerRoutes,
];

/** Every address of the server itself, but for GraphQL, which describes itself. */
export const systemRoutes: SystemRoute[] = [...watched, ...openApiRoutes(watched)];
