import { type Command, InvalidArgumentError, Option } from "commander";
import { seedDemo, seedScale } from "#modules/seed";
import { describe } from "./import.ts";
import { progressBar } from "./progress.ts";
import { contextOf, tenantOption } from "./tenant-option.ts";
import { withRuntime } from "./with-runtime.ts";

export function addSeed(program: Command): void {
  program
    .command("seed")
    .description("Fill a tenant with the demo shop, or with a large catalogue for measuring.")
    .addOption(tenantOption())
    .addOption(new Option("--scale <products>", "how many products").argParser(countOf))
    .action(({ tenant, scale }: { tenant: string; scale?: number }) =>
      withRuntime(async (runtime) => {
        const ctx = await contextOf(runtime, tenant);
        const bar = progressBar("seed");
        const options = { onProgress: bar.update };
        const report = scale ? await seedScale(ctx, scale, options) : await seedDemo(ctx, options);
        bar.end();
        process.stdout.write(describe(report));
      }),
    );
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError("It must be a count.");
  return count;
}
