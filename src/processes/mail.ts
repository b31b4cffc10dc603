import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import type { Config } from "#config";
import { type Mail, type Mailer, MailRefused } from "#kernel/mail/mailer";

type MailConfig = Pick<Config, "mail" | "home" | "production">;

/**
 * Sends mails by SMTP, or in development puts them into a folder, for whoever wants to read them. Undefined
 * where there is neither: what needs a mail is then refused.
 */
export function openMailer(
  { mail, home, production }: MailConfig,
  patience = patienceMs,
): Mailer | undefined {
  if (mail.smtpUrl) return bySmtp(mail.smtpUrl, mail.from, patience);
  const folder = mailFolder({ mail, home, production });
  return folder === undefined ? undefined : intoFolder(folder, mail.from);
}

/** Where mails are put in development; undefined where they are sent, and in production. */
export const mailFolder = ({ mail, home, production }: MailConfig): string | undefined =>
  mail.smtpUrl !== undefined || production ? undefined : join(home, "mail");

/** No answer for so long, in milliseconds, is a failure: the job tries again. */
const patienceMs = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

function bySmtp(url: string, address: string, patience: typeof patienceMs): Mailer {
  const transport = createTransport({ url, pool: true, maxConnections: 2, ...patience });
  return {
    name: `SMTP at ${new URL(url).host}`,
    async send(mail) {
      await transport.sendMail(message(mail, address)).catch((error: SmtpError) => {
        throw refused(error) ? new MailRefused(error.message) : error;
      });
    },
    close: () => transport.close(),
  };
}

interface SmtpError extends Error {
  code?: string;
  /** What the server answered with, such as 550. */
  responseCode?: number;
}

/**
 * Whether it was this mail that was refused for good: its sender, its recipient or what it says. What the server
 * has against ourselves, a wrong password for one, is the operator's to mend, and the mail waits for it.
 */
const refused = ({ code = "", responseCode = 0 }: SmtpError) =>
  responseCode >= 500 && ["EENVELOPE", "EMESSAGE"].includes(code);

function intoFolder(folder: string, address: string): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true });
  return {
    name: `files in ${folder}`,
    async send(mail) {
      const { message: eml } = await transport.sendMail(message(mail, address));
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // Once as any mail program opens it, and once for the page that shows it.
      await keep(join(folder, `${mail.id}.eml`), eml as Buffer);
      await keep(join(folder, `${mail.id}.json`), JSON.stringify(mail));
    },
    close: () => transport.close(),
  };
}

/** A reader of the folder sees whole files only. */
async function keep(file: string, content: Buffer | string): Promise<void> {
  await writeFile(`${file}.part`, content, { mode: 0o600 });
  await rename(`${file}.part`, file);
}

const message = ({ id, from: name, to, subject, text, html }: Mail, address: string) => ({
  from: { name, address },
  // As an object: an address is not taken apart for further recipients.
  to: { name: "", address: to },
  subject,
  text,
  html,
  // Nothing of a mail is fetched from anywhere when it is put together.
  disableFileAccess: true,
  disableUrlAccess: true,
  messageId: `<${id}@${address.split("@")[1] ?? "localhost"}>`,
  headers: { "Auto-Submitted": "auto-generated" },
});
