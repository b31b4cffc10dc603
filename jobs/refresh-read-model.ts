import { z } from "zod";
import { defineJob } from "#kernel/jobs/job";
import { followLocales } from "#modules/index";

/** Brings every document up to date, and removes those in locales that a tenant no longer has. */
export const refreshReadModel = defineJob({
  name: "refresh-read-model",
  /** Of the tenant, at the change of its locales that asked for it. */
  payload: z.object({ revision: z.int().positive().optional() }),
  retry: { attempts: 8, firstDelayMs: 1_000 },
  projection: true,
  run: (ctx, { revision }) => followLocales(ctx, revision),
});
