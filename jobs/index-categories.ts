import { z } from "zod";
import { Id } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { refreshCategories } from "#modules/index";

/** Brings the documents of up to 500 categories up to date. */
export const indexCategories = defineJob({
  name: "index-categories",
  payload: z.object({ categoryIds: z.array(Id).min(1).max(500) }),
  retry: { attempts: 8, firstDelayMs: 1_000 },
  projection: true,
  run: (ctx, { categoryIds }) => refreshCategories(ctx, categoryIds),
});
