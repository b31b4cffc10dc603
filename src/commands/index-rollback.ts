import { type Command } from "commander";
import { rollBack } from "#modules/index";
import { kindOption, type Kind, kinds } from "./kind-option.ts";
import { anyTenantOption, visitTenants } from "./tenant-option.ts";
import { withRuntime } from "./with-runtime.ts";

export function addIndexRollback(program: Command): void {
  program
    .command("index:rollback")
    .description(
      "Abandon a rebuild under way, or else go back to the read model before the last cut-over; within an hour of it.",
    )
    .addOption(anyTenantOption())
    .addOption(kindOption("go back with one kind only"))
    .action((options: { tenant?: string; kind?: Kind }) =>
      withRuntime((runtime) =>
        visitTenants(runtime, options.tenant, async (ctx) => {
          for (const kind of options.kind ? [options.kind] : kinds) {
            const done = await rollBack(ctx, kind);
            const what = {
              abandoned: "the rebuild is abandoned",
              "rolled back": `back at generation ${done?.generation}`,
            };
            const said = done ? what[done.did] : "there is nothing to go back to";
            process.stdout.write(`${ctx.tenant.slug}\t${kind}\t${said}\n`);
          }
        }),
      ),
    );
}
