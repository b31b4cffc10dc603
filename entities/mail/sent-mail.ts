import { defineEntity, p } from "@mikro-orm/postgresql";
import { owned } from "#entities/kernel/columns";

export const mailStates = ["waiting", "sending", "sent", "failed"] as const;
export type MailState = (typeof mailStates)[number];

const SentMailSchema = defineEntity({
  name: "SentMail",
  tableName: "mails",
  properties: {
    id: p.uuid().primary(),
    ...owned,
    template: p.string(),
    /** Of what happened; with template and address it is the mail's own. */
    causeId: p.uuid(),
    address: p.string(),
    state: p.string().$type<MailState>(),
    attempts: p.integer(),
    failure: p.text().nullable(),
    subject: p.string().nullable(),
    createdAt: p.datetime(),
    sentAt: p.datetime().nullable(),
  },
});

/** A mail to one person and what has become of it; what it says is not kept. */
export class SentMail extends SentMailSchema.class {}
SentMailSchema.setClass(SentMail);
