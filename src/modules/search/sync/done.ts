import type { EnqueuedTask, Meilisearch } from "meilisearch";
import { EngineFault } from "./settle.ts";

/** Applying settings to a large index may take minutes. */
const longestMs = 30 * 60_000;

/** Resolves when the task has succeeded. Throws {@link EngineFault} with the engine's reason. */
export async function done(client: Meilisearch, { taskUid }: EnqueuedTask): Promise<void> {
  const { status, error } = await client.tasks.waitForTask(taskUid, {
    timeout: longestMs,
    interval: 20,
  });
  if (status !== "succeeded") throw new EngineFault(`${error?.code}: ${error?.message}`);
}
