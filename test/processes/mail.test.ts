import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { beforeAll, expect, test } from "vitest";
import { loadConfig } from "#config";
import { openMailer } from "#processes/mail";
import { afterwards } from "#test/afterwards";

const mail = {
  kind: "accounts.registration",
  id: "0190a000-0000-7000-8000-000000000001",
  from: "Lampen & Licht",
  to: "ann@example.com",
  subject: "Bestätigen Sie Ihr Konto",
  html: "<p>Ein Satz.</p>",
  text: "Ein Satz.\n\nhttps://lamps.example/#token=abc\n",
};
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "rustok-mail-"));
  afterwards(() => rm(home, { recursive: true }));
});

const production = {
  NODE_ENV: "production",
  RUSTOK_SECRET: "q3J8vX1mZ7rT5kL9wB2nC6yH4dF0sG8pE1uA3iO5",
};

test("in development mails are files to read; sent twice, one is there", async () => {
  const mailer = openMailer(loadConfig({ RUSTOK_HOME: home }));
  await mailer?.send(mail);
  await mailer?.send(mail);
  const folder = join(home, "mail");
  expect(mailer?.name).toBe(`files in ${folder}`);
  expect(await readdir(folder)).toEqual([`${mail.id}.eml`, `${mail.id}.json`]);
  const eml = await readFile(join(folder, `${mail.id}.eml`), "utf8");
  expect(eml).toContain("To: ann@example.com");
  expect(eml).toContain(`Message-ID: <${mail.id}@localhost>`);
  expect(eml).toContain("https://lamps.example/#token");
});

test("in production without SMTP there are none", () => {
  expect(openMailer(loadConfig({ ...production, RUSTOK_HOME: home }))).toBeUndefined();
});

/** As much of RFC 5321 as a client needs that sends one mail; `said` is what it sent. */
async function anSmtpServer(): Promise<{ port: number; said: string[]; server: Server }> {
  const said: string[] = [];
  const server = createServer((socket) => {
    socket.write("220 test\r\n");
    let data = false;
    createInterface({ input: socket }).on("line", (line) => {
      said.push(line);
      if (data && line !== ".") return;
      if (data) data = false;
      else if (line === "DATA") data = true;
      socket.write(data ? "354 go on\r\n" : "250 ok\r\n");
    });
    socket.on("error", () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  afterwards(() => server.close());
  return { port: (server.address() as AddressInfo).port, said, server };
}

test("by SMTP a mail goes to one address, from the operator's, by the tenant's name", async () => {
  const { port, said } = await anSmtpServer();
  const mailer = openMailer(
    loadConfig({
      ...production,
      RUSTOK_HOME: home,
      SMTP_URL: `smtp://127.0.0.1:${port}?ignoreTLS=true`,
      MAIL_FROM: "shop@mail.example",
    }),
  );
  await mailer?.send({ ...mail, to: "ann@example.com" });
  mailer?.close();
  expect(said).toContain("MAIL FROM:<shop@mail.example>");
  expect(said.filter((line) => line.startsWith("RCPT"))).toEqual(["RCPT TO:<ann@example.com>"]);
  expect(said).toContain(`Message-ID: <${mail.id}@mail.example>`);
});

test("SMTP takes an address to send from", () => {
  expect(() => loadConfig({ RUSTOK_HOME: home, SMTP_URL: "smtp://mail.example" })).toThrow(
    /MAIL_FROM: is required with SMTP_URL/,
  );
  expect(() => loadConfig({ RUSTOK_HOME: home, SMTP_URL: "https://mail.example" })).toThrow(
    /SMTP_URL: must be an smtp:\/\/ or smtps:\/\/ URL/,
  );
});
