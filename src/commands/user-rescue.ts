import type { Command } from "commander";
import { rescue } from "#modules/accounts";
import { contextOf } from "./tenant-option.ts";
import { withRuntime } from "./with-runtime.ts";

export function addUserRescue(program: Command): void {
  program
    .command("user:rescue <tenant> <e-mail>")
    .description(
      "Let somebody in who cannot sign in any more: a new password, shown once, and no second factor.",
    )
    .action((slug: string, email: string) =>
      withRuntime(async (runtime) => {
        const password = await rescue(await contextOf(runtime, slug), email);
        process.stdout.write(`E-mail ${email}\nPassword ${password}\n`);
      }),
    );
}
