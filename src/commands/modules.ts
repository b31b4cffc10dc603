import type { Command } from "commander";
import { tenantModules } from "#modules/modules";
import { contextOf, tenantOption } from "./tenant-option.ts";
import { withRuntime } from "./with-runtime.ts";

export function addModules(program: Command): void {
  program
    .command("module:list")
    .description("List the modules and whether a tenant has them.")
    .addOption(tenantOption())
    .action(({ tenant }: { tenant: string }) =>
      withRuntime(async (runtime) => {
        const ctx = await contextOf(runtime, tenant);
        const states = await tenantModules.states(ctx, runtime.registry.modules);
        process.stdout.write(states.map(told).join(""));
      }),
    );
  addSwitch(program, "enable", "Switch a module on for a tenant.");
  addSwitch(program, "disable", "Switch a module off for a tenant; its data stays.");
}

function addSwitch(program: Command, how: "enable" | "disable", description: string): void {
  program
    .command(`module:${how} <module>`)
    .description(description)
    .addOption(tenantOption())
    .action((module: string, { tenant }: { tenant: string }) =>
      withRuntime(async (runtime) => {
        const ctx = await contextOf(runtime, tenant);
        process.stdout.write(told(await tenantModules[how](ctx, runtime.registry.modules, module)));
      }),
    );
}

function told({ module, enabled }: tenantModules.ModuleState): string {
  const state = module.optional ? (enabled ? "on" : "off") : "core";
  return `${module.slug.padEnd(12)} ${state.padEnd(5)} ${module.version.padEnd(8)} ${module.name}\n`;
}
