import type { Command } from "commander";
import { BadUserInput } from "#kernel/errors";
import { renameTenant, tenants, updateTenant } from "#modules/tenants";
import { contextOf } from "./tenant-option.ts";
import { showTenant } from "./tenant-show.ts";
import { withRuntime } from "./with-runtime.ts";

interface Given {
  name?: string;
  locale?: string[];
  currency?: string[];
}

export function addTenantChange(program: Command): void {
  program
    .command("tenant:update <slug>")
    .description("Change a tenant's name, locales or currencies; what is left out stays.")
    .option("--name <name>", "what it is called")
    .option("--locale <tag...>", "BCP 47 tags, the default first")
    .option("--currency <code...>", "ISO 4217 codes, the default first")
    .action((slug: string, { name, locale, currency }: Given) =>
      withRuntime(async (runtime) => {
        const { data, error } = updateTenant.safeParse({
          ...(name !== undefined && { name }),
          ...(locale && { locales: locale, defaultLocale: locale[0] }),
          ...(currency && { currencies: currency, defaultCurrency: currency[0] }),
        });
        if (error) throw BadUserInput.from(error);
        showTenant(await tenants.update(await contextOf(runtime, slug), data));
      }),
    );

  program
    .command("tenant:rename <slug> <new-slug>")
    .description("Give a tenant another slug.")
    .action((slug: string, wanted: string) =>
      withRuntime(async (runtime) => {
        const { data, error } = renameTenant.safeParse({ slug: wanted });
        if (error) throw BadUserInput.from(error);
        showTenant(await tenants.rename(await contextOf(runtime, slug), data));
      }),
    );
}
