import { z } from "zod";
import { Id } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { reproject } from "#modules/index";

/** Brings up to date whatever shows a category, tag or author that was renamed, moved or deleted. */
export const reprojectDocuments = defineJob({
  name: "reproject-documents",
  payload: z.object({ sharedIds: z.array(Id).min(1).max(500) }),
  retry: { attempts: 8, firstDelayMs: 1_000 },
  projection: true,
  run: (ctx, { sharedIds }) => reproject(ctx, sharedIds),
});
