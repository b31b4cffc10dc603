import { constants, setPriority } from "node:os";
import { type Command, Option } from "commander";
import { loadConfig } from "#config";
import { traceWith } from "#kernel/observability/tracing";
import { claimFolder } from "#processes/folder-claim";
import { connectionsOf, makeSureTheyFit, poolSizeFor } from "#processes/connections";
import { openRuntime, type Runtime } from "#processes/runtime";
import { openTracing } from "#processes/tracing/open-tracing";
import { roles, run, type Role, type Running } from "../main.ts";
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
    const runtime = await openRuntime(config, poolSizeFor(wanted));
    if (!wanted.includes("web")) comeAfterWeb();
    const tracing = await openTracing(config.tracing, runtime.log);
    traceWith(tracing);
    const running = await runIfThereIsRoom(runtime, wanted);
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
      endAnyway();
      await running.stop();
      await tracing?.stop();
    }
  } finally {
    await release();
  }
}

/** On a machine that has both, whoever waits for an answer goes before what is done in the background. */
function comeAfterWeb(): void {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
}

async function runIfThereIsRoom(runtime: Runtime, wanted: readonly Role[]): Promise<Running> {
  const { config, ownerUrl } = runtime;
  try {
    await makeSureTheyFit(ownerUrl, connectionsOf(wanted, config));
  } catch (error) {
    await runtime.close();
    throw error;
  }
  return run(runtime, wanted);
}

/** The longest that a stop takes, in milliseconds, whatever does not answer: supervisors kill at 30 seconds. */
const stopMs = 24_000;

function endAnyway(): void {
  setTimeout(() => {
    process.stderr.write("Something did not stop in time; it is left behind.\n");
    process.exit(1);
  }, stopMs).unref();
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
