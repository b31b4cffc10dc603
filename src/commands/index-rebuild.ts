import type { Command } from "commander";
import { rebuild } from "#modules/index";
import { forgetUnusedWords } from "#modules/search";
import { kindOption, type Kind } from "./kind-option.ts";
import { progressBar } from "./progress.ts";
import { anyTenantOption, visitTenants } from "./tenant-option.ts";
import { withRuntime } from "./with-runtime.ts";

export function addIndexRebuild(program: Command): void {
  program
    .command("index:rebuild")
    .description(
      "Build the read model and the search index beside the live ones, and cut over. Goes on where it was cut short; index:rollback goes back.",
    )
    .addOption(anyTenantOption())
    .addOption(kindOption("rebuild one kind only"))
    .action((options: { tenant?: string; kind?: Kind }) =>
      withRuntime(async (runtime) => {
        // Where no worker feeds the search engine, this does.
        const sync = runtime.search.startSync();
        try {
          await visitTenants(runtime, options.tenant, async (ctx) => {
            const bars = barsOf(ctx.tenant.slug);
            await rebuild(ctx, {
              kind: options.kind,
              onProgress: bars.update,
              onCatchUp: (kind, progress) =>
                bars.update({ kind: `${kind} in search`, ...progress }),
            });
            bars.end();
            await forgetUnusedWords(ctx);
          });
        } finally {
          await sync.stop();
        }
      }),
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
