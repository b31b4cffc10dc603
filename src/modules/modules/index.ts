export * as tenantModules from "./module.service.ts";
