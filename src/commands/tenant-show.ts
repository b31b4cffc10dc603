import type { Command } from "commander";
import { readTenant, type TenantRecord } from "#modules/tenants";
import { contextOf } from "./tenant-option.ts";
import { withRuntime } from "./with-runtime.ts";

export function addTenantShow(program: Command): void {
  program
    .command("tenant:show <slug>")
    .description("Show a tenant, as JSON.")
    .action((slug: string) =>
      withRuntime(async (runtime) => {
        showTenant(await readTenant(await contextOf(runtime, slug)));
      }),
    );
}

/** What every command says that has changed a tenant. */
export function showTenant(tenant: TenantRecord): void {
  process.stdout.write(`${JSON.stringify(tenant, null, 2)}\n`);
}
