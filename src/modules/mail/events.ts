import { z } from "zod";
import { defineEvent } from "#kernel/events/event";
import { Id } from "#kernel/ids";

/** A mail is on record and is to be sent. */
export const MailRequested = defineEvent("mail.requested", {
  version: 1,
  internal: true,
  payload: z.object({ mailId: Id }),
});

const ofWording = {
  version: 1,
  payload: z.object({ template: z.string(), locale: z.string(), revision: z.int().positive() }),
};
/** A tenant words a kind of mail otherwise. */
export const MailWordingUpdated = defineEvent("mail-wording.updated", ofWording);
/** It is worded as it came again. */
export const MailWordingDeleted = defineEvent("mail-wording.deleted", ofWording);
