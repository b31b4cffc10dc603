import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import type { Config } from "#config";
import { type Mail, type Mailer } from "#kernel/mail";

/**
 * Sends mails by SMTP, or in development puts them into a folder, for whoever wants to read them. Undefined
 * where there is neither: what needs a mail is then refused.
 */
export function openMailer({ mail, home, production }: Config): Mailer | undefined {
  if (mail.smtpUrl) return bySmtp(mail.smtpUrl, mail.from);
  return production ? undefined : intoFolder(join(home, "mail"), mail.from);
}

/** No answer for so long, in milliseconds, is a failure: the job tries again. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

function bySmtp(url: string, address: string): Mailer {
  const transport = createTransport({ url, pool: true, maxConnections: 2, ...patience });
  return {
    name: `SMTP at ${new URL(url).host}`,
    async send(mail) {
      await transport.sendMail(message(mail, address));
    },
    close: () => transport.close(),
  };
}

function intoFolder(folder: string, address: string): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true });
  return {
    name: `files in ${folder}`,
    async send(mail) {
      const { message: eml } = await transport.sendMail(message(mail, address));
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `${mail.id}.eml`);
      // A reader of the folder sees whole mails only.
      await writeFile(`${file}.part`, eml as Buffer, { mode: 0o600 });
      await rename(`${file}.part`, file);
    },
    close: () => transport.close(),
  };
}

const message = ({ id, from: name, to, subject, text }: Mail, address: string) => ({
  from: { name, address },
  // As an object: an address is not taken apart for further recipients.
  to: { name: "", address: to },
  subject,
  text,
  messageId: `<${id}@${address.split("@")[1] ?? "localhost"}>`,
  headers: { "Auto-Submitted": "auto-generated" },
});
