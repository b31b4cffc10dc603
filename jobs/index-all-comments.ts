import { z } from "zod";
import { defineJob } from "#kernel/jobs/job";
import { refreshAllComments } from "#modules/blog";

/** Makes up for the changes of comments that were passed over while the blog was switched off. */
export const indexAllComments = defineJob({
  name: "index-all-comments",
  payload: z.object({}),
  retry: { attempts: 8, firstDelayMs: 1_000 },
  projection: true,
  run: (ctx) => refreshAllComments(ctx),
});
