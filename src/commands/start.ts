import { type Command, Option } from "commander";
import { loadConfig } from "#config";
import { traceWith } from "#kernel/tracing";
import { claimFolder } from "#processes/folder-claim";
import { openRuntime } from "#processes/runtime";
import { openTracing } from "#processes/tracing/open-tracing";
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

/** Runs until the process is asked to stop; asked while it still starts, it stops once it has. */
async function start(wanted: readonly Role[]): Promise<void> {
  const began = performance.now();
  const config = loadConfig();
  const asked = askedToStop();
  const release = config.database.url ? async () => {} : await claimFolder(config.home);
  try {
    const runtime = await openRuntime(config);
    const tracing = await openTracing(config.tracing, runtime.log);
    traceWith(tracing);
    const running = await run(runtime, wanted);
    try {
      const firstStart = running.url ? await prepareFirstStart(runtime) : undefined;
      process.stdout.write(
        startPage({
          url: running.url,
          watchedAt: running.watchedAt,
          roles: wanted,
          adapters: runtime.adapters,
          firstStart,
          tookMs: performance.now() - began,
        }),
      );
      await asked;
    } finally {
      await running.stop();
      await tracing?.stop();
    }
  } finally {
    await release();
  }
}

/** Resolves at the first signal to stop. The second time, the person at the terminal means it. */
function askedToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(130));
        resolve();
      });
    }
  });
}
