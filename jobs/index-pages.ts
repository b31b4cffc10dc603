import { z } from "zod";
import { Id } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { refreshPages } from "#modules/pages";

/** Brings the paths of up to 500 pages, and of those below them, up to date. */
export const indexPages = defineJob({
  name: "index-pages",
  payload: z.object({ pageIds: z.array(Id).min(1).max(500) }),
  retry: { attempts: 8, firstDelayMs: 1_000 },
  projection: true,
  run: (ctx, { pageIds }) => refreshPages(ctx, pageIds),
});
