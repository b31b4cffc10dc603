import type { Tenant } from "#kernel/context";
import { DomainError } from "#kernel/errors";
import type { ModuleDefinition } from "./module.ts";

/** The tenant has switched the module off that this belongs to. */
export class ModuleDisabled extends DomainError {
  constructor({ slug, name }: ModuleDefinition) {
    super({
      code: "MODULE_DISABLED",
      status: 403,
      message: `The module "${name}" is switched off here.`,
      details: { module: slug },
    });
  }
}

/** Whether the tenant has the module; what belongs to no module, everybody has. */
export function isEnabled(tenant: Tenant, module: ModuleDefinition | undefined): boolean {
  return !module?.optional || !tenant.disabledModules.includes(module.slug);
}

/** Throws {@link ModuleDisabled} unless the tenant has the module. */
export function demandModule(tenant: Tenant, module: ModuleDefinition | undefined): void {
  if (module && !isEnabled(tenant, module)) throw new ModuleDisabled(module);
}
