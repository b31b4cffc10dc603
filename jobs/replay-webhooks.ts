import { z } from "zod";
import { Id } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { replays } from "#modules/webhooks";

/** Has an endpoint sent what there was. */
export const replayWebhooks = defineJob({
  name: "replay-webhooks",
  payload: z.object({
    endpointId: Id,
    from: z.iso.datetime().nullable(),
    until: z.iso.datetime().nullable(),
    sinceEventId: Id.nullable(),
  }),
  retry: { attempts: 8, firstDelayMs: 1_000 },
  run: (ctx, { endpointId, ...range }) => replays.replay(ctx, endpointId, range),
});
