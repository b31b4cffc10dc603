import { z } from "zod";
import { Id } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { refreshComments } from "#modules/blog";

/** Brings the comments that are or lie below up to 500 nodes up to date. */
export const indexComments = defineJob({
  name: "index-comments",
  payload: z.object({ nodeIds: z.array(Id).min(1).max(500) }),
  retry: { attempts: 8, firstDelayMs: 1_000 },
  projection: true,
  run: (ctx, { nodeIds }) => refreshComments(ctx, nodeIds),
});
