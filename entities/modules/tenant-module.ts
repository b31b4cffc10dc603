import { defineEntity, p } from "@mikro-orm/postgresql";
import { aggregate } from "#entities/kernel/columns";

const TenantModuleSchema = defineEntity({
  name: "TenantModule",
  tableName: "tenant_modules",
  properties: {
    ...aggregate,
    module: p.string(),
    enabled: p.boolean(),
  },
});

/** Whether a tenant has an optional module, once somebody has switched it. */
export class TenantModule extends TenantModuleSchema.class {}
TenantModuleSchema.setClass(TenantModule);
