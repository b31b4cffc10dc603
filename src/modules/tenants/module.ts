import { defineModule } from "#kernel/module";

export const tenantsModule = defineModule({ slug: "tenants", name: "Tenants", version: "1.0.0" });
