import { TenantModule } from "#entities/modules/tenant-module";
import { ModuleDisabled, ModuleEnabled } from "#kernel/modules/events";
import { defineModule, type ModuleDefinition } from "#kernel/modules/module";
import { moduleResolver } from "./module.resolver.ts";
import { moduleRoutes } from "./module.route.ts";

/** Switches the modules of the list, itself among them, for each tenant. */
export const modulesModule = (list: () => ModuleDefinition[]) =>
  defineModule({
    slug: "modules",
    name: "Modules",
    version: "1.0.0",
    dependsOn: ["tenants"],
    entities: [TenantModule],
    tables: ["tenant_modules"],
    permissions: [
      {
        name: "modules:read",
        description: "See which modules there are, and which are on.",
        roles: ["manager"],
      },
      { name: "modules:write", description: "Switch modules on and off.", roles: [] },
    ],
    resolvers: [moduleResolver(list)],
    routes: moduleRoutes(list),
    events: [ModuleEnabled, ModuleDisabled],
  });
