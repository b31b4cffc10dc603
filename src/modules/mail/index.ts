export * as mails from "./outgoing/mails.service.ts";
export type { Letter } from "./outgoing/mails.service.ts";
export { forgetOldMails, tenantsWithOldMails } from "./outgoing/forget.ts";
export * from "./events.ts";
