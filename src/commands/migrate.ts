import type { Command } from "commander";
import { loadConfig } from "#config";
import { openRuntime } from "#processes/runtime";

export function addMigrate(program: Command): void {
  program
    .command("migrate")
    .description("Bring the database schema up to date; `start` does so too.")
    .action(async () => {
      const runtime = await openRuntime(loadConfig());
      await runtime.close();
      process.stdout.write("The schema is up to date.\n");
    });
}
