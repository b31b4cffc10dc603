import { z } from "zod";
import { defineJob } from "#kernel/jobs/job";
import { applySettings } from "#modules/search";

/** Makes the search engine work by what a tenant has set for its searches of a kind. */
export const applySearchSettings = defineJob({
  name: "apply-search-settings",
  payload: z.object({ kind: z.enum(["products", "content"]) }),
  retry: { attempts: 8, firstDelayMs: 1_000 },
  run: (ctx, { kind }) => applySettings(ctx, kind),
});
