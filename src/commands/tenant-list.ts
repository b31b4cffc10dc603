import type { Command } from "commander";
import { listTenants } from "#modules/tenants";
import { withRuntime } from "./with-runtime.ts";

const pageSize = 100;

export function addTenantList(program: Command): void {
  program
    .command("tenant:list")
    .description("List all tenants, oldest first: slug, id, state, name.")
    .action(() =>
      withRuntime(async ({ db }) => {
        for (let after: string | null = null; ;) {
          const page = await listTenants(db, after, pageSize);
          for (const { slug, id, name, suspendedAt } of page) {
            const state = suspendedAt ? "suspended" : "active";
            process.stdout.write(`${[slug, id, state, name].join("\t")}\n`);
          }
          after = page.at(-1)?.id ?? null;
          if (page.length < pageSize) return;
        }
      }),
    );
}
