import { type Command, Option } from "commander";
import { rebuild } from "#modules/index";
import { forgetUnusedWords } from "#modules/search";
import { progressBar } from "./progress.ts";
import { anyTenantOption, visitTenants } from "./tenant-option.ts";
import { withRuntime } from "./with-runtime.ts";

const kinds = ["product", "node", "category"] as const;

export function addIndexRebuild(program: Command): void {
  program
    .command("index:rebuild")
    .description("Rebuild the read model from its source. Storefronts read on meanwhile.")
    .addOption(anyTenantOption())
    .addOption(new Option("--kind <kind>", "rebuild one kind only").choices(kinds))
    .action((options: { tenant?: string; kind?: (typeof kinds)[number] }) =>
      withRuntime((runtime) =>
        visitTenants(runtime, options.tenant, async (ctx) => {
          const bars = barsOf(ctx.tenant.slug);
          await rebuild(ctx, {
            ...(options.kind && { kind: options.kind }),
            onProgress: bars.update,
          });
          bars.end();
          await forgetUnusedWords(ctx);
        }),
      ),
    );
}

/** One bar after the other, a new one for each kind. */
export function barsOf(tenant: string) {
  let current: { kind: string; bar: ReturnType<typeof progressBar> } | undefined;
  return {
    update({ kind, ...progress }: { kind: string; done: number; total: number }): void {
      if (current?.kind !== kind) {
        current?.bar.end();
        current = { kind, bar: progressBar(`${tenant} ${kind}`) };
      }
      current.bar.update(progress);
    },
    end(): void {
      current?.bar.end();
    },
  };
}
