import { z } from "zod";
import { Id } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { tell } from "#modules/notifications";

const occasion = { eventId: Id, subjectId: Id };

/** Has people told of one thing that happened, each of them once. */
export const notify = defineJob({
  name: "notify",
  payload: z.discriminatedUnion("of", [
    z.object({ of: z.literal("comment"), ...occasion }),
    z.object({ of: z.literal("user"), ...occasion }),
    z.object({ of: z.literal("webhook-endpoint"), ...occasion, reason: z.string() }),
  ]),
  retry: { attempts: 8, firstDelayMs: 2_000 },
  run(ctx, given) {
    switch (given.of) {
      case "comment":
        return tell.ofComment(ctx, given);
      case "user":
        return tell.ofUser(ctx, given);
      case "webhook-endpoint":
        return tell.ofWebhookEndpoint(ctx, given);
    }
  },
});
