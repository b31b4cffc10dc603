import type { Command } from "commander";
import { withRuntime } from "./with-runtime.ts";

export function addMigrate(program: Command): void {
  program
    .command("migrate")
    .description("Bring the database schema up to date; `start` does so too.")
    .action(() =>
      withRuntime(async () => {
        process.stdout.write("The schema is up to date.\n");
      }),
    );
}
