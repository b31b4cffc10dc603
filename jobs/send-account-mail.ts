import { z } from "zod";
import { Id } from "#kernel/ids";
import { defineJob } from "#kernel/jobs";
import { sendRequested } from "#modules/accounts";

/** Sends one mail that somebody's account asks for. */
export const sendAccountMail = defineJob({
  name: "send-account-mail",
  payload: z.object({ requestId: Id }),
  retry: { attempts: 8, firstDelayMs: 2_000 },
  run: (ctx, { requestId }) => sendRequested(ctx, requestId),
});
