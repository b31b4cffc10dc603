import type { MailTemplate } from "#kernel/mail/template";

/** To whoever looks after the stock. */
export const lowStockMail: MailTemplate = {
  name: "notifications.low-stock",
  description: "To who may change products: variants have become few.",
  variables: {
    variants: {
      description: "A line for each: what it is, and how many there are.",
      example: "Lamp, red (LAMP-1): 2",
      required: true,
    },
  },
  texts: {
    en: {
      subject: "Low stock at {{ site }}",
      text: "These have become few:\n\n{{ variants }}\n\nYou are told once, until there are enough of them again.",
    },
    de: {
      subject: "Geringer Bestand bei {{ site }}",
      text: "Davon gibt es nur noch wenige:\n\n{{ variants }}\n\nSie erfahren es einmal, bis es wieder genug davon gibt.",
    },
  },
};

/** To whoever moderates. */
export const commentMail: MailTemplate = {
  name: "notifications.comment-awaits",
  description: "To who may moderate comments: one waits to be judged.",
  variables: {
    author: { description: "Who wrote it, as they say.", example: "Ann" },
    post: { description: "The title of what it is about.", example: "How to hang a lamp" },
    comment: { description: "How it begins, as plain text.", example: "I have hung mine." },
  },
  texts: {
    en: {
      subject: "A comment on “{{ post }}” awaits moderation",
      text: "{{ author }} has written at {{ site }}, about “{{ post }}”:\n\n{{ comment }}\n\nIt is shown once somebody approves it.",
    },
    de: {
      subject: "Ein Kommentar zu „{{ post }}“ wartet auf Freigabe",
      text: "{{ author }} hat bei {{ site }} zu „{{ post }}“ geschrieben:\n\n{{ comment }}\n\nEr ist zu sehen, sobald ihn jemand freigibt.",
    },
  },
};

/** To whoever looks after webhooks. */
export const webhookMail: MailTemplate = {
  name: "notifications.webhook-disabled",
  description: "To who may change webhooks: an endpoint was given up.",
  variables: {
    endpoint: { description: "Its id.", example: "01JD0000000000000000000000" },
    reason: { description: "Why, in a word.", example: "failing" },
  },
  texts: {
    en: {
      subject: "A webhook endpoint of {{ site }} was disabled",
      text: "Nothing is sent to the endpoint {{ endpoint }} any more ({{ reason }}).\n\nOnce it answers again, enable it, and have it sent what it missed.",
    },
    de: {
      subject: "Ein Webhook-Endpunkt von {{ site }} wurde abgeschaltet",
      text: "An den Endpunkt {{ endpoint }} wird nichts mehr gesendet ({{ reason }}).\n\nSchalten Sie ihn ein, sobald er wieder antwortet, und lassen Sie ihm nachsenden, was er versäumt hat.",
    },
  },
};

/** To a new user. */
export const welcomeMail: MailTemplate = {
  name: "notifications.welcome",
  description: "To who has a new account. Who was invited to it has read so already, and is not.",
  variables: { name: { description: "What the user is called.", example: "Ann" } },
  texts: {
    en: {
      subject: "Welcome to {{ site }}",
      text: "Hello {{ name }},\n\nyour account at {{ site }} is there. You can sign in with this address.",
    },
    de: {
      subject: "Willkommen bei {{ site }}",
      text: "Guten Tag {{ name }},\n\nIhr Konto bei {{ site }} ist da. Sie können sich mit dieser Adresse anmelden.",
    },
  },
};

/** Those that people may do without, by name, each with the permission of those who get it. */
export const optional: Record<string, { mail: MailTemplate; permission: string }> =
  Object.fromEntries(
    [
      { mail: lowStockMail, permission: "commerce:write" },
      { mail: commentMail, permission: "blog:moderate" },
      { mail: webhookMail, permission: "webhooks:write" },
    ].map((each) => [each.mail.name, each]),
  );
