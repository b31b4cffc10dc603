import type { ModuleDefinition } from "#kernel/modules/module";

/** What a module depends on, directly or by way of another, in the order of the list. */
export function dependenciesOf(
  module: ModuleDefinition,
  modules: ModuleDefinition[],
): ModuleDefinition[] {
  const found = new Set<string>();
  const visit = ({ dependsOn }: ModuleDefinition) => {
    for (const slug of dependsOn) {
      const needed = modules.find((other) => other.slug === slug);
      if (!needed || found.has(slug)) continue;
      found.add(slug);
      visit(needed);
    }
  };
  visit(module);
  return modules.filter(({ slug }) => found.has(slug));
}

/** What depends on a module, directly or by way of another, in the order of the list. */
export function dependentsOf(
  module: ModuleDefinition,
  modules: ModuleDefinition[],
): ModuleDefinition[] {
  return modules.filter((other) => dependenciesOf(other, modules).includes(module));
}
