import type { Command } from "commander";
import { z } from "zod";
import { BadUserInput } from "#kernel/errors";
import { moduleSettings } from "#modules/tenants";
import { contextOf } from "./tenant-option.ts";
import { withRuntime } from "./with-runtime.ts";

const settings = z.record(z.string(), z.unknown());

export function addTenantSettings(program: Command): void {
  program
    .command("tenant:settings <slug> <module> [json]")
    .description("Show what holds for a module, or set something first, given as a JSON object.")
    .action((slug: string, module: string, json?: string) =>
      withRuntime(async (runtime) => {
        const ctx = await contextOf(runtime, slug);
        const shown =
          json === undefined
            ? await moduleSettings.get(ctx, module)
            : await moduleSettings.update(ctx, { module, value: parsed(json) });
        process.stdout.write(`${JSON.stringify(shown.value, null, 2)}\n`);
      }),
    );
}

function parsed(json: string): Record<string, unknown> {
  try {
    return settings.parse(JSON.parse(json));
  } catch {
    throw BadUserInput.at(["json"], "must be a JSON object");
  }
}
