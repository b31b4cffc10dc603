import { MailWording } from "#entities/mail/mail-wording";
import { SentMail } from "#entities/mail/sent-mail";
import { forgetMails } from "#jobs/forget-old-mails";
import { sendMail } from "#jobs/send-mail";
import { distinct, on } from "#kernel/events/listeners";
import { defineModule } from "#kernel/modules/module";
import * as events from "./events.ts";
import { MailResolver } from "./outgoing/mails.resolver.ts";
import { mailSettings } from "./settings.ts";
import { MailTemplateResolver } from "./templates/wording.resolver.ts";

export const mailModule = defineModule({
  slug: "mail",
  name: "Mail",
  version: "1.0.0",
  dependsOn: ["tenants"],
  settings: mailSettings,
  entities: [MailWording, SentMail],
  tables: ["mail_wordings", "mails"],
  permissions: [
    {
      name: "mails:read",
      description: "See how mails are worded, and which were sent.",
      roles: ["manager"],
    },
    // Who words the mail by which a password is chosen anew, could have it sent on to themselves.
    { name: "mails:write", description: "Word mails otherwise.", roles: [] },
  ],
  resolvers: [MailTemplateResolver, MailResolver],
  events: Object.values(events),
  jobs: [sendMail],
  schedules: [forgetMails],
  listeners: [
    on(
      [events.MailRequested],
      sendMail,
      distinct(
        ({ mailId }) => mailId,
        ([mailId]) => ({ mailId: mailId as string }),
        1,
      ),
    ),
  ],
});
