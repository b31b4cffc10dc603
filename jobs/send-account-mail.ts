import { z } from "zod";
import { Id } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { sendRequested } from "#modules/accounts";

/** Sends one mail that somebody's account asks for; what opens the account is made here and stands in nothing else. */
export const sendAccountMail = defineJob({
  name: "send-account-mail",
  payload: z.object({ requestId: Id }),
  retry: { attempts: 10, firstDelayMs: 5_000 },
  run: (ctx, { requestId }) => sendRequested(ctx, requestId),
});
