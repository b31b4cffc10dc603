import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { loadConfig } from "#config";
import { openMailer } from "#processes/mail";
import { afterwards } from "#test/afterwards";

/** What a server has taken, by the header that says which mail it is. */
export interface Taken {
  messageId: string;
  to: string[];
  raw: string;
}

/** A real SMTP server, which takes what `behave` does not refuse, and a mailer that sends to it. */
export async function anSmtpServer(behave: Partial<SMTPServerOptions> = {}, port = 0) {
  const taken: Taken[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    authOptional: true,
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const raw = Buffer.concat(parts).toString();
        const messageId = /^Message-ID: (\S+)/m.exec(raw)?.[1] ?? "";
        taken.push({ messageId, to: session.envelope.rcptTo.map(({ address }) => address), raw });
        done();
      });
    },
    ...behave,
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
  const bound = (server.server.address() as AddressInfo).port;
  const mailer = openMailer(
    loadConfig({
      NODE_ENV: "test",
      RUSTOK_SECRET: "a secret that only tests may know of",
      SMTP_URL: `smtp://127.0.0.1:${bound}`,
      MAIL_FROM: "shop@mail.example",
    }),
    { connectionTimeout: 2_000, greetingTimeout: 2_000, socketTimeout: 2_000 },
  );
  if (!mailer) throw new Error("There is no mailer.");
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  afterwards(async () => {
    mailer.close();
    await close();
  });
  return { taken, mailer, server, port: bound, close };
}
