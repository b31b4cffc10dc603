import type { MailTemplate } from "#kernel/mail/template";
import type { Purpose } from "./request.service.ts";

/** "taken" is for whoever has an account already when somebody registers their address. */
export type AccountMail = Purpose | "taken";

/** What there is to confirm. */
const action = {
  action: {
    description:
      "The link to confirm by, on a line of its own; a code to type in where the tenant has set no page.",
    example: "https://shop.example/account#action=example&token=example",
    required: true,
    secret: true,
  },
} as const;

/** A mail's subject and paragraphs. */
const says = (subject: string, ...paragraphs: string[]) => ({
  subject,
  text: paragraphs.join("\n\n"),
});

export const accountMails: Record<AccountMail, MailTemplate> = {
  registration: {
    name: "accounts.registration",
    description: "To who wants an account: confirms the address.",
    variables: action,
    texts: {
      en: says(
        "Confirm your account at {{ site }}",
        "Somebody, hopefully you, wants an account at {{ site }} with this address. Confirm it within a day, and choose a password:",
        "{{ action }}",
        "If it was not you, do nothing: there will be no account.",
      ),
      de: says(
        "Bestätigen Sie Ihr Konto bei {{ site }}",
        "Jemand, hoffentlich Sie, möchte mit dieser Adresse ein Konto bei {{ site }}. Bestätigen Sie es innerhalb eines Tages, und wählen Sie ein Passwort:",
        "{{ action }}",
        "Wenn Sie es nicht waren, tun Sie nichts: Es entsteht kein Konto.",
      ),
    },
  },
  taken: {
    name: "accounts.taken",
    description:
      "To who has an account already when somebody registers their address, or moves to it.",
    variables: {},
    texts: {
      en: says(
        "You have an account at {{ site }}",
        "Somebody, perhaps you, wanted to use this address for an account at {{ site }}. There is one already.",
        "If you forgot the password, have it reset. If it was not you, there is nothing to do.",
      ),
      de: says(
        "Sie haben ein Konto bei {{ site }}",
        "Jemand, vielleicht Sie, wollte diese Adresse für ein Konto bei {{ site }} verwenden. Es gibt schon eines.",
        "Wenn Sie das Passwort vergessen haben, lassen Sie es zurücksetzen. Wenn Sie es nicht waren, ist nichts zu tun.",
      ),
    },
  },
  verification: {
    name: "accounts.verification",
    description: "To who has an account and was asked to confirm the address.",
    variables: action,
    texts: {
      en: says(
        "Confirm your address for {{ site }}",
        "Confirm within a day that this address is yours:",
        "{{ action }}",
      ),
      de: says(
        "Bestätigen Sie Ihre Adresse für {{ site }}",
        "Bestätigen Sie innerhalb eines Tages, dass diese Adresse Ihre ist:",
        "{{ action }}",
      ),
    },
  },
  invitation: {
    name: "accounts.invitation",
    description: "To who was given an account without a password.",
    variables: action,
    texts: {
      en: says(
        "Your account at {{ site }}",
        "You have been given an account at {{ site }}. Choose a password within a week:",
        "{{ action }}",
      ),
      de: says(
        "Ihr Konto bei {{ site }}",
        "Für Sie wurde ein Konto bei {{ site }} angelegt. Wählen Sie innerhalb einer Woche ein Passwort:",
        "{{ action }}",
      ),
    },
  },
  "password-reset": {
    name: "accounts.password-reset",
    description: "To who forgot the password.",
    variables: action,
    texts: {
      en: says(
        "Choose a new password for {{ site }}",
        "Somebody, hopefully you, forgot the password of your account at {{ site }}. Choose a new one within an hour:",
        "{{ action }}",
        "If it was not you, do nothing: the password stays as it is.",
      ),
      de: says(
        "Wählen Sie ein neues Passwort für {{ site }}",
        "Jemand, hoffentlich Sie, hat das Passwort Ihres Kontos bei {{ site }} vergessen. Wählen Sie innerhalb einer Stunde ein neues:",
        "{{ action }}",
        "Wenn Sie es nicht waren, tun Sie nichts: Das Passwort bleibt, wie es ist.",
      ),
    },
  },
  "email-change": {
    name: "accounts.email-change",
    description: "To the new address of an account.",
    variables: action,
    texts: {
      en: says(
        "Confirm your new address for {{ site }}",
        "Your account at {{ site }} is to have this address. Confirm it within a day:",
        "{{ action }}",
      ),
      de: says(
        "Bestätigen Sie Ihre neue Adresse für {{ site }}",
        "Ihr Konto bei {{ site }} soll diese Adresse bekommen. Bestätigen Sie sie innerhalb eines Tages:",
        "{{ action }}",
      ),
    },
  },
  "email-changed": {
    name: "accounts.email-changed",
    description: "To the old address of an account, when it has another.",
    variables: {},
    texts: {
      en: says(
        "Your account at {{ site }} has another address",
        "Your account at {{ site }} does not have this address any more: somebody confirmed another one.",
        "If it was not you, tell the people who run the site at once.",
      ),
      de: says(
        "Ihr Konto bei {{ site }} hat eine andere Adresse",
        "Ihr Konto bei {{ site }} hat diese Adresse nicht mehr: Jemand hat eine andere bestätigt.",
        "Wenn Sie es nicht waren, sagen Sie es sofort den Betreibern der Seite.",
      ),
    },
  },
  "password-changed": {
    name: "accounts.password-changed",
    description: "To who has another password.",
    variables: {},
    texts: {
      en: says(
        "Your password at {{ site }} was changed",
        "The password of your account at {{ site }} was changed, and whoever was signed in elsewhere has been signed out.",
        "If it was not you, have it reset at once.",
      ),
      de: says(
        "Ihr Passwort bei {{ site }} wurde geändert",
        "Das Passwort Ihres Kontos bei {{ site }} wurde geändert; wer anderswo angemeldet war, ist abgemeldet.",
        "Wenn Sie es nicht waren, lassen Sie es sofort zurücksetzen.",
      ),
    },
  },
};

const codeLine = { en: "Your code:", de: "Ihr Code:" };

/** A link to the tenant's own page with what is to be confirmed, or a line with the code. */
export function actionOf(given: {
  mail: AccountMail;
  link: string | null;
  locale: string;
  token: string;
}): string {
  const { mail, link, locale, token } = given;
  if (link) return linkTo(link, mail, token);
  return `${codeLine[locale.split("-")[0] === "de" ? "de" : "en"]}\n${token}`;
}

/** In the fragment: what stands there is in no server's log. */
function linkTo(page: string, mail: AccountMail, token: string): string {
  const url = new URL(page);
  url.hash = new URLSearchParams({ action: mail, token }).toString();
  return url.href;
}
