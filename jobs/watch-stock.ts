import { z } from "zod";
import { Id } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { watchStock as watch } from "#modules/notifications";

/** Has people told which of up to 500 variants have become few. */
export const watchStock = defineJob({
  name: "watch-stock",
  payload: z.object({ variantIds: z.array(Id).min(1).max(500) }),
  retry: { attempts: 8, firstDelayMs: 2_000 },
  run: (ctx, { variantIds }) => watch(ctx, variantIds),
});
