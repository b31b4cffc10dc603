import { z } from "zod";
import { Id } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { refreshContent } from "#modules/index";

/** Brings the documents of up to 500 nodes up to date. */
export const indexContent = defineJob({
  name: "index-content",
  payload: z.object({ nodeIds: z.array(Id).min(1).max(500) }),
  retry: { attempts: 8, firstDelayMs: 1_000 },
  projection: true,
  run: (ctx, { nodeIds }) => refreshContent(ctx, nodeIds),
});
