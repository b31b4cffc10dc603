import { defineModule } from "#kernel/modules/module";
import * as events from "./events.ts";
import { PlatformResolver } from "./platform.resolver.ts";
import { TenantSettingsResolver } from "./settings.resolver.ts";
import { platform } from "./target.ts";
import { TenantResolver } from "./tenant.resolver.ts";
import { routes } from "./tenant.routes.ts";

export const tenantsModule = defineModule({
  slug: "tenants",
  name: "Tenants",
  version: "1.0.0",
  tables: ["tenant_domains", "tenant_settings"],
  permissions: [
    {
      name: "tenant:read",
      description: "See the tenant's hosts, locales, currencies and settings.",
      roles: ["manager"],
    },
    { name: "tenant:write", description: "Change them.", roles: [] },
    { name: platform, description: "Create, suspend, export and delete tenants.", roles: [] },
  ],
  resolvers: [TenantResolver, TenantSettingsResolver, PlatformResolver],
  routes,
  events: Object.values(events),
});
