import { type Command, Option } from "commander";
import { loadConfig } from "#config";
import { claimFolder } from "#processes/folder-claim";
import { openRuntime } from "#processes/runtime";
import { roles, run, type Role } from "../main.ts";
import { prepareFirstStart } from "./first-start.ts";
import { startPage } from "./start-page.ts";

export function addStart(program: Command): void {
  program
    .command("start")
    .description("Run the server: all roles in one process, or one of them.")
    .addOption(
      new Option("--role <role>", "which part to run").choices(["all", ...roles]).default("all"),
    )
    .action(({ role }: { role: Role | "all" }) => start(role === "all" ? roles : [role]));
}

async function start(wanted: readonly Role[]): Promise<void> {
  const began = performance.now();
  const config = loadConfig();
  const release = config.database.url ? async () => {} : await claimFolder(config.home);
  const runtime = await openRuntime(config).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  const running = await run(runtime, wanted).catch(async (error: unknown) => {
    await runtime.close();
    await release();
    throw error;
  });

  const stop = async () => {
    await running.stop();
    await release();
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    // The second time, the person at the terminal means it.
    process.once(signal, () => {
      process.once(signal, () => process.exit(130));
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          runtime.log.error({ err: error }, "the stop was not clean");
          process.exit(1);
        },
      );
    });
  }

  const firstStart = await prepareFirstStart(runtime);
  process.stdout.write(
    startPage({
      url: running.url,
      roles: wanted,
      adapters: runtime.adapters,
      firstStart,
      tookMs: performance.now() - began,
    }),
  );
}
