import type { AnyEntity, EntityClass } from "@mikro-orm/postgresql";
import type { AnyEvent } from "#kernel/events";
import type { AnyJob, ScheduledJob } from "#kernel/jobs";
import type { Listener } from "#kernel/listeners";
import type { InstallationGauge } from "#kernel/metrics";
import type { PermissionDefinition } from "#kernel/permissions";
import type { AnyRoute } from "#kernel/routes";

// Resolver classes are only ever handed to TypeGraphQL, which constructs them.
// eslint-disable-next-line typescript/no-explicit-any
type Resolver = new (...args: any[]) => object;

/** Everything a module has; what it leaves out, it has none of. */
export interface ModuleDefinition {
  slug: string;
  name: string;
  version: string;
  dependsOn: string[];
  entities: EntityClass<AnyEntity>[];
  permissions: PermissionDefinition[];
  resolvers: Resolver[];
  routes: AnyRoute[];
  events: AnyEvent[];
  jobs: AnyJob[];
  schedules: ScheduledJob[];
  gauges: InstallationGauge[];
  listeners: Listener[];
}

/** Declares a module once; the registry checks the declaration when a process starts. */
export function defineModule(
  given: Pick<ModuleDefinition, "slug" | "name" | "version"> & Partial<ModuleDefinition>,
): ModuleDefinition {
  return {
    dependsOn: [],
    entities: [],
    permissions: [],
    resolvers: [],
    routes: [],
    events: [],
    jobs: [],
    schedules: [],
    gauges: [],
    listeners: [],
    ...given,
  };
}
