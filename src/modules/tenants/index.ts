export { create as createTenantWithDomains, createTenant } from "./tenant.service.ts";
