import { z } from "zod";
import { defineJob } from "#kernel/jobs/job";
import { refreshAllPages } from "#modules/pages";

/** Makes up for the changes of pages that were passed over while pages were switched off. */
export const indexAllPages = defineJob({
  name: "index-all-pages",
  payload: z.object({}),
  retry: { attempts: 8, firstDelayMs: 1_000 },
  projection: true,
  run: (ctx) => refreshAllPages(ctx),
});
