import { z } from "zod";
import { Id } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { deliver, slots } from "#modules/webhooks";

/** Attempts one delivery, once: when the next attempt is due, another job is asked for. What it is retried for here is a fault of ours. */
export const deliverWebhook = defineJob({
  name: "deliver-webhook",
  payload: z.object({ deliveryId: Id, endpointId: Id }),
  retry: { attempts: 5, firstDelayMs: 1_000 },
  // It waits for others nearly all of its time.
  concurrency: slots,
  run: (ctx, delivery) => deliver(ctx, delivery),
});
