import type { Purpose } from "./request.service.ts";

/** What a mail is made of. */
export interface Content {
  /** The tenant's name. */
  site: string;
  /** A link, or a line with the code to type in; empty where there is nothing to confirm. */
  action: string;
}

/** "taken" is for whoever has an account already when somebody registers their address. */
export type Template = Purpose | "taken";

type Texts = Record<Template, (content: Content) => [subject: string, ...paragraphs: string[]]>;

const en: Texts = {
  registration: ({ site, action }) => [
    `Confirm your account at ${site}`,
    `Somebody, hopefully you, wants an account at ${site} with this address. Confirm it within a day, and choose a password:`,
    action,
    "If it was not you, do nothing: there will be no account.",
  ],
  taken: ({ site }) => [
    `You have an account at ${site}`,
    `Somebody, perhaps you, wanted to use this address for an account at ${site}. There is one already.`,
    "If you forgot the password, have it reset. If it was not you, there is nothing to do.",
  ],
  verification: ({ site, action }) => [
    `Confirm your address for ${site}`,
    "Confirm within a day that this address is yours:",
    action,
  ],
  invitation: ({ site, action }) => [
    `Your account at ${site}`,
    `You have been given an account at ${site}. Choose a password within a week:`,
    action,
  ],
  "password-reset": ({ site, action }) => [
    `Choose a new password for ${site}`,
    `Somebody, hopefully you, forgot the password of your account at ${site}. Choose a new one within an hour:`,
    action,
    "If it was not you, do nothing: the password stays as it is.",
  ],
  "email-change": ({ site, action }) => [
    `Confirm your new address for ${site}`,
    `Your account at ${site} is to have this address. Confirm it within a day:`,
    action,
  ],
  "email-changed": ({ site }) => [
    `Your account at ${site} has another address`,
    `Your account at ${site} does not have this address any more: somebody confirmed another one.`,
    "If it was not you, tell the people who run the site at once.",
  ],
  "password-changed": ({ site }) => [
    `Your password at ${site} was changed`,
    `The password of your account at ${site} was changed, and whoever was signed in elsewhere has been signed out.`,
    "If it was not you, have it reset at once.",
  ],
};

const de: Texts = {
  registration: ({ site, action }) => [
    `Bestätigen Sie Ihr Konto bei ${site}`,
    `Jemand, hoffentlich Sie, möchte mit dieser Adresse ein Konto bei ${site}. Bestätigen Sie es innerhalb eines Tages, und wählen Sie ein Passwort:`,
    action,
    "Wenn Sie es nicht waren, tun Sie nichts: Es entsteht kein Konto.",
  ],
  taken: ({ site }) => [
    `Sie haben ein Konto bei ${site}`,
    `Jemand, vielleicht Sie, wollte diese Adresse für ein Konto bei ${site} verwenden. Es gibt schon eines.`,
    "Wenn Sie das Passwort vergessen haben, lassen Sie es zurücksetzen. Wenn Sie es nicht waren, ist nichts zu tun.",
  ],
  verification: ({ site, action }) => [
    `Bestätigen Sie Ihre Adresse für ${site}`,
    "Bestätigen Sie innerhalb eines Tages, dass diese Adresse Ihre ist:",
    action,
  ],
  invitation: ({ site, action }) => [
    `Ihr Konto bei ${site}`,
    `Für Sie wurde ein Konto bei ${site} angelegt. Wählen Sie innerhalb einer Woche ein Passwort:`,
    action,
  ],
  "password-reset": ({ site, action }) => [
    `Wählen Sie ein neues Passwort für ${site}`,
    `Jemand, hoffentlich Sie, hat das Passwort Ihres Kontos bei ${site} vergessen. Wählen Sie innerhalb einer Stunde ein neues:`,
    action,
    "Wenn Sie es nicht waren, tun Sie nichts: Das Passwort bleibt, wie es ist.",
  ],
  "email-change": ({ site, action }) => [
    `Bestätigen Sie Ihre neue Adresse für ${site}`,
    `Ihr Konto bei ${site} soll diese Adresse bekommen. Bestätigen Sie sie innerhalb eines Tages:`,
    action,
  ],
  "email-changed": ({ site }) => [
    `Ihr Konto bei ${site} hat eine andere Adresse`,
    `Ihr Konto bei ${site} hat diese Adresse nicht mehr: Jemand hat eine andere bestätigt.`,
    "Wenn Sie es nicht waren, sagen Sie es sofort den Betreibern der Seite.",
  ],
  "password-changed": ({ site }) => [
    `Ihr Passwort bei ${site} wurde geändert`,
    `Das Passwort Ihres Kontos bei ${site} wurde geändert; wer anderswo angemeldet war, ist abgemeldet.`,
    "Wenn Sie es nicht waren, lassen Sie es sofort zurücksetzen.",
  ],
};

const codeLine = { en: "Your code:", de: "Ihr Code:" };

/** German for German, English for everybody else. */
const languageOf = (locale: string) => (locale.split("-")[0] === "de" ? "de" : "en");

/** A mail's subject and text. Links lead to the tenant's own page, with what is to be confirmed; without one there is a code. */
export function written(
  template: Template,
  of: { site: string; locale: string; link: string | null; token: string },
): { subject: string; text: string } {
  const { site, locale, link, token } = of;
  const language = languageOf(locale);
  const [subject, ...paragraphs] = { en, de }[language][template]({
    // A name is one line of text, also where it is a header.
    site: site.replaceAll(/\s+/g, " "),
    action: link ? linkTo(link, template, token) : `${codeLine[language]}\n${token}`,
  });
  return { subject, text: `${paragraphs.join("\n\n")}\n` };
}

/** In the fragment: what stands there is in no server's log. */
function linkTo(page: string, template: Template, token: string): string {
  const url = new URL(page);
  url.hash = new URLSearchParams({ action: template, token }).toString();
  return url.href;
}
