import type { AnyEntity, EntityClass } from "@mikro-orm/postgresql";
import type { PermissionDefinition } from "#kernel/access/permissions";
import type { Transaction } from "#kernel/database/transaction";
import type { AnyEvent } from "#kernel/events/event";
import type { Listener } from "#kernel/events/listeners";
import type { AnyJob, ScheduledJob } from "#kernel/jobs/job";
import type { MailTemplate } from "#kernel/mail/template";
import type { InstallationGauge } from "#kernel/observability/metrics";
import type { AnyHook } from "#kernel/rest/hooks";
import type { AnyRoute } from "#kernel/rest/routes";
import type { z } from "zod";

// Resolver classes are only ever handed to TypeGraphQL, which constructs them.
// eslint-disable-next-line typescript/no-explicit-any
type Resolver = new (...args: any[]) => object;

/** Everything a module has; what it leaves out, it has none of. */
export interface ModuleDefinition {
  slug: string;
  name: string;
  version: string;
  dependsOn: string[];
  /** A tenant may switch it off. What is not optional is core, and serves everybody. */
  optional: boolean;
  entities: EntityClass<AnyEntity>[];
  /** Its tables with rows of tenants: an export names the rows by them. */
  tables: string[];
  /** What a tenant may set for it. Every field has a default, so that nothing set is a setting too. */
  settings?: z.ZodObject;
  permissions: PermissionDefinition[];
  resolvers: Resolver[];
  routes: AnyRoute[];
  /** What other services may tell it, each under `/api/v1/hooks/`. */
  hooks: AnyHook[];
  /** The kinds of mail it has sent. */
  mails: MailTemplate[];
  events: AnyEvent[];
  jobs: AnyJob[];
  schedules: ScheduledJob[];
  gauges: InstallationGauge[];
  listeners: Listener[];
  /**
   * Called when it is switched on or off for a tenant, in the transaction that does so: what it throws
   * leaves everything as it was. It is not called for a tenant that has had the module all along.
   */
  onEnable?(tx: Transaction): Promise<void>;
  onDisable?(tx: Transaction): Promise<void>;
}

/** Declares a module once; the registry checks the declaration when a process starts. */
export function defineModule(
  given: Pick<ModuleDefinition, "slug" | "name" | "version"> & Partial<ModuleDefinition>,
): ModuleDefinition {
  return {
    dependsOn: [],
    optional: false,
    entities: [],
    tables: [],
    permissions: [],
    resolvers: [],
    routes: [],
    hooks: [],
    mails: [],
    events: [],
    jobs: [],
    schedules: [],
    gauges: [],
    listeners: [],
    ...given,
  };
}
