import type { Command } from "commander";
import { removeTenant } from "#modules/search";
import { deleteRows, tenants } from "#modules/tenants";
import { patiently } from "./patiently.ts";
import { exportTo } from "./tenant-export.ts";
import { contextOf } from "./tenant-option.ts";
import { withRuntime } from "./with-runtime.ts";

export function addTenantDelete(program: Command): void {
  program
    .command("tenant:delete <slug>")
    .description("Suspend a tenant, export all of it, and delete it for good.")
    .requiredOption("--confirm <slug>", "the slug once more")
    .requiredOption("--export <file>", "where to write all its rows first")
    .action((slug: string, { confirm, export: file }: { confirm: string; export: string }) =>
      withRuntime(async (runtime) => {
        tenants.demandConfirmation(slug, confirm);
        const ctx = await contextOf(runtime, slug);
        await tenants.suspend(ctx, "It is being deleted.");
        const rows = await exportTo(ctx, file);
        await tenants.requestDeletion(ctx, { confirm, rows });
        // Where no worker feeds the search engine, this does: what waits for it has to go, too.
        const sync = runtime.search.startSync();
        try {
          await patiently(() => removeTenant(ctx));
        } finally {
          await sync.stop();
        }
        await deleteRows(ctx);
        process.stdout.write(`${slug} is deleted. What it had is in ${file}.\n`);
      }),
    );
}
