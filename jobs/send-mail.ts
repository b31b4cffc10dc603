import { z } from "zod";
import { Id } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { mails } from "#modules/mail";

/** Sends one mail. A server that is down is tried for nearly three hours. */
export const sendMail = defineJob({
  name: "send-mail",
  payload: z.object({ mailId: Id }),
  retry: { attempts: 12, firstDelayMs: 5_000 },
  run: (ctx, { mailId }) => mails.sendPosted(ctx, mailId),
});
