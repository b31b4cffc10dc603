export { deleteRows } from "./delete.ts";
export * as domains from "./domain.service.ts";
export { TenantLocalesUpdated } from "./events.ts";
export { exportTenant } from "./export.ts";
export * as moduleSettings from "./settings.service.ts";
export { tenantTables } from "./tables.ts";
export * from "./tenant.fields.ts";
export { list as listTenants, read as readTenant, type TenantRecord } from "./tenant.record.ts";
export * as tenants from "./tenant.service.ts";
