import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Router from "@koa/router";
import Koa from "koa";
import { beforeAll, expect, test } from "vitest";
import { loadConfig } from "#config";
import { createLog } from "#kernel/observability/log";
import { mailFolder, openMailer } from "#processes/mail";
import { afterwards } from "#test/afterwards";
import { answerErrors } from "../../src/http/errors.ts";
import { mountMailPage } from "../../src/http/mail-page.ts";

const mail = {
  id: "0190a000-0000-7000-8000-000000000001",
  kind: "notifications.welcome",
  from: "Lamps",
  to: "<ann>@example.com",
  subject: "<script>subject()</script>",
  text: "<script>text()</script>",
  html: `<p onclick="x()">"Hello"</p><script>html()</script>`,
};
let url: string;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "rustok-mail-page-"));
  const config = loadConfig({ RUSTOK_HOME: home });
  await openMailer(config)?.send(mail);
  const router = new Router();
  mountMailPage(router, mailFolder(config) ?? "");
  const app = new Koa().use(answerErrors(createLog("silent"))).use(router.routes());
  const http = createServer(app.callback());
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  afterwards(async () => {
    http.close();
    await rm(home, { recursive: true });
  });
});

test("what would have been sent is listed and shown, and runs nothing", async () => {
  const list = await (await fetch(`${url}/mail`)).text();
  expect(list).toContain(`<a href="/mail/${mail.id}">&lt;script&gt;subject()&lt;/script&gt;</a>`);
  const response = await fetch(`${url}/mail/${mail.id}`);
  const policy = response.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/script-src 'nonce-[^']+'(;|$)/);
  const page = await response.text();
  expect(page).not.toContain("<script");
  expect(page).toContain(`<iframe sandbox title="HTML" srcdoc="&lt;p onclick=&quot;x()&quot;&gt;`);
  expect(page).toContain("<pre>&lt;script&gt;text()&lt;/script&gt;</pre>");
});

test("an id is an id: no other file is shown", async () => {
  for (const id of ["..%2Fsecret", "x", "0190a000-0000-7000-8000-000000000002"]) {
    expect((await fetch(`${url}/mail/${id}`)).status).toBe(404);
  }
});

test("there is a page in development alone, and where nothing is sent", () => {
  const secret = "q3J8vX1mZ7rT5kL9wB2nC6yH4dF0sG8pE1uA3iO5";
  const production = { NODE_ENV: "production", RUSTOK_SECRET: secret, RUSTOK_HOME: home };
  const sent = { SMTP_URL: "smtp://127.0.0.1:1", MAIL_FROM: "a@b.example", RUSTOK_HOME: home };
  expect(mailFolder(loadConfig({ RUSTOK_HOME: home }))).toBe(join(home, "mail"));
  expect(mailFolder(loadConfig(production))).toBeUndefined();
  expect(mailFolder(loadConfig(sent))).toBeUndefined();
});
