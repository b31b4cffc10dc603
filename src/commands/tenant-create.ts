import type { Command } from "commander";
import { createTenantWithAdministrator } from "./new-tenant.ts";
import { withRuntime } from "./with-runtime.ts";

interface Options {
  name: string;
  administrator: string;
  locale: string[];
  currency: string[];
  domain: string[];
}

export function addTenantCreate(program: Command): void {
  program
    .command("tenant:create <slug>")
    .description("Create a tenant and its administrator, whose password is shown once.")
    .requiredOption("--name <name>", "what it is called")
    .requiredOption("--administrator <e-mail>", "who signs in first")
    .requiredOption("--locale <tag...>", "BCP 47 tags, the default first")
    .requiredOption("--currency <code...>", "ISO 4217 codes, the default first")
    .option("--domain <host...>", "hosts it answers to", [])
    .action((slug: string, { name, administrator: email, locale, currency, domain }: Options) =>
      withRuntime(async (runtime) => {
        const input = {
          slug,
          name,
          locales: locale,
          defaultLocale: locale[0] ?? "",
          currencies: currency,
          defaultCurrency: currency[0] ?? "",
          domains: domain,
        };
        const { ctx, administrator } = await createTenantWithAdministrator(runtime, input, email);
        process.stdout.write(
          `Tenant ${ctx.tenant.id}\nE-mail ${administrator.email}\nPassword ${administrator.password}\n`,
        );
      }),
    );
}
