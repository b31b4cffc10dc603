import { z } from "zod";
import { Id } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { fanOut } from "#modules/webhooks";

/** Has up to 100 events delivered to every endpoint that wants them. */
export const fanOutWebhooks = defineJob({
  name: "fan-out-webhooks",
  payload: z.object({ eventIds: z.array(Id).min(1).max(100) }),
  retry: { attempts: 12, firstDelayMs: 1_000 },
  run: (ctx, { eventIds }) => fanOut(ctx, eventIds),
});
