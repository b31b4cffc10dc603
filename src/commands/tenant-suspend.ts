import type { Command } from "commander";
import { BadUserInput } from "#kernel/errors";
import { suspendTenant, tenants } from "#modules/tenants";
import { contextOf } from "./tenant-option.ts";
import { showTenant } from "./tenant-show.ts";
import { withRuntime } from "./with-runtime.ts";

export function addTenantSuspend(program: Command): void {
  program
    .command("tenant:suspend <slug>")
    .description("Serve nobody for a tenant, on every instance, until it is resumed.")
    .option("--reason <text>", "for those who run the installation")
    .action((slug: string, options: { reason?: string }) =>
      withRuntime(async (runtime) => {
        const { data, error } = suspendTenant.safeParse(options);
        if (error) throw BadUserInput.from(error);
        showTenant(await tenants.suspend(await contextOf(runtime, slug), data.reason));
      }),
    );

  program
    .command("tenant:resume <slug>")
    .description("Serve a suspended tenant again.")
    .action((slug: string) =>
      withRuntime(async (runtime) => {
        showTenant(await tenants.resume(await contextOf(runtime, slug)));
      }),
    );
}
