import { loadConfig } from "#config";
import { openRuntime, type Runtime } from "#processes/runtime";

/** Opens what a command works with, and lets go of it however the command ends. */
export async function withRuntime(work: (runtime: Runtime) => Promise<void>): Promise<void> {
  const runtime = await openRuntime(loadConfig());
  try {
    await work(runtime);
  } finally {
    await runtime.close();
  }
}
