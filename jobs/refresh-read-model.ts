import { z } from "zod";
import { defineJob } from "#kernel/jobs";
import { followLocales } from "#modules/index";

/** Brings every document up to date, and removes those in locales that a tenant no longer has. */
export const refreshReadModel = defineJob({
  name: "refresh-read-model",
  payload: z.object({}),
  retry: { attempts: 8, firstDelayMs: 1_000 },
  projection: true,
  run: (ctx) => followLocales(ctx),
});
