import type { Command } from "commander";
import { BadUserInput } from "#kernel/errors";
import { domain, domains } from "#modules/tenants";
import { contextOf } from "./tenant-option.ts";
import { showTenant } from "./tenant-show.ts";
import { withRuntime } from "./with-runtime.ts";

export function addTenantDomain(program: Command): void {
  addChange(program, "add", "Have a tenant answer to a host.");
  addChange(program, "remove", "Have a tenant answer to a host no more.");
}

function addChange(program: Command, change: "add" | "remove", description: string): void {
  program
    .command(`tenant:domain:${change} <slug> <host>`)
    .description(description)
    .action((slug: string, given: string) =>
      withRuntime(async (runtime) => {
        const { data, error } = domain.safeParse({ host: given });
        if (error) throw BadUserInput.from(error);
        showTenant(await domains[change](await contextOf(runtime, slug), data.host));
      }),
    );
}
