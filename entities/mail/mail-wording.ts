import { defineEntity, p } from "@mikro-orm/postgresql";
import { aggregate } from "#entities/kernel/columns";

const MailWordingSchema = defineEntity({
  name: "MailWording",
  tableName: "mail_wordings",
  properties: {
    ...aggregate,
    /** The name of a kind of mail. */
    template: p.string(),
    locale: p.string(),
    subject: p.string(),
    text: p.text(),
    /** Null: made from the text. */
    html: p.text().nullable(),
  },
});

/** How a tenant words a kind of mail in one of its locales. */
export class MailWording extends MailWordingSchema.class {}
MailWordingSchema.setClass(MailWording);
