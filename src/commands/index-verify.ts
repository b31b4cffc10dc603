import type { Command } from "commander";
import { verify } from "#modules/index";
import { barsOf } from "./index-rebuild.ts";
import { anyTenantOption, visitTenants } from "./tenant-option.ts";
import { withRuntime } from "./with-runtime.ts";

export function addIndexVerify(program: Command): void {
  program
    .command("index:verify")
    .description(
      "Recompute every row of the read model and compare; exits with 1 when any differs.",
    )
    .addOption(anyTenantOption())
    .action((options: { tenant?: string }) =>
      withRuntime(async (runtime) => {
        let differences = 0;
        await visitTenants(runtime, options.tenant, async (ctx) => {
          const bars = barsOf(ctx.tenant.slug);
          for await (const { kind, id, locale, reason, fields } of verify(ctx, {
            onProgress: bars.update,
          })) {
            differences += 1;
            const where = [ctx.tenant.slug, kind, id, locale, reason, fields.join(",")];
            process.stdout.write(`${where.join("\t").trimEnd()}\n`);
          }
          bars.end();
        });
        process.stdout.write(
          differences === 0
            ? "The read model is what its source says.\n"
            : `${differences} rows differ; \`index:rebuild\` mends them.\n`,
        );
        if (differences > 0) process.exitCode = 1;
      }),
    );
}
