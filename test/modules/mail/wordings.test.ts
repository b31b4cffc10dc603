import { beforeEach, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { newId } from "#kernel/ids";
import { type MailTemplate, variablesOf } from "#kernel/mail/template";
import { mails } from "#modules/mail";
import { eventsOf, installation, registry } from "#test/installation";
import { aMailbox } from "#test/mailbox";
import { server } from "#test/server";
import { examplesOf, faultsOf } from "../../../src/modules/mail/templates/faults.ts";
import { render } from "../../../src/modules/mail/templates/render.ts";

const { anEditor } = await installation();
const client = await server();
const mailbox = await aMailbox();

let editor: RequestContext;
beforeEach(async () => {
  editor = await anEditor();
});

const template = "notifications.welcome";
const ask = async <Data>(query: string, variables: object, who = editor) =>
  client.graphql<Data>(who.tenant, query, variables as never, await client.tokenFor(who));
const set = (input: object, who = editor) =>
  ask<{ set: { revision: number } }>(
    `mutation ($input: SetMailTemplateInput!) {
       set: setMailTemplate(input: $input) { template locale subject text html revision } }`,
    {
      input: { template, locale: "en", subject: "Hi {{ name }}", text: "Hi {{ name }}", ...input },
    },
    who,
  );
const issuesOf = async (input: object) => {
  const { errors } = await set(input);
  return (errors?.[0]?.extensions as { issues: { path: string[]; message: string }[] } | undefined)
    ?.issues;
};
async function welcomed(who = editor, name = "Ann") {
  const to = `${newId()}@example.com`;
  const id = await inTransaction(who, async (tx) => {
    await mails.post(tx, { template, causeId: newId(), to, locale: "en", variables: { name } });
    const [row] = await tx.sql<{ id: string }>("select id from mails where address = $1", [to]);
    return row?.id ?? "";
  });
  await mails.sendPosted(who, id);
  const mail = mailbox.mails.find((each) => each.id === id);
  if (!mail) throw new Error("Nothing came.");
  return mail;
}

test.each(registry.mails.map((mail): [string, MailTemplate] => [mail.name, mail]))(
  "%s can be sent as it comes, in each of its languages",
  (_, mail) => {
    for (const [language, text] of Object.entries(mail.texts)) {
      expect(faultsOf(mail, text)).toEqual([]);
      const { subject, text: plain, html } = render(text, examplesOf(variablesOf(mail)), language);
      expect([subject, plain, html].join()).not.toMatch(/\{[{%]|undefined/);
      expect(html).toContain("<!doctype html>");
    }
  },
);

test("a tenant words a mail otherwise, sees it before, and has it as it came again; others keep theirs", async () => {
  const stranger = await anEditor();
  const html =
    '<h1 onclick="x()">Hi {{ name }}</h1><script>y()</script><a href="javascript:z()">z</a>';
  const tried = await ask<{ tried: { subject: string; html: string } }>(
    `query ($input: PreviewMailTemplateInput!) { tried: previewMailTemplate(input: $input) { subject text html } }`,
    { input: { template, locale: "en", subject: "Try {{ name }}" } },
  );
  expect(tried.data.tried.subject).toBe("Try Ann");
  const { data } = await set({ html, revision: 0 });
  expect(data.set).toMatchObject({ subject: "Hi {{ name }}", revision: 1 });
  const mail = await welcomed(editor, 'Eve\r\nBcc: x@y <img src=x onerror="a">');
  expect(mail.subject).toBe('Hi Eve Bcc: x@y <img src=x onerror="a">');
  expect(mail.html).toContain("<h1>Hi Eve\r\nBcc: x@y &lt;img src=x");
  expect(mail.html).not.toMatch(/<script|onclick|javascript:|<img/);
  expect((await welcomed(stranger)).subject).toBe("Welcome to A tenant");

  expect((await set({ revision: 0 })).errors).toMatchObject([{ extensions: { code: "CONFLICT" } }]);
  await ask(
    "mutation ($input: ResetMailTemplateInput!) { resetMailTemplate(input: $input) { revision } }",
    {
      input: { template, locale: "en" },
    },
  );
  expect((await welcomed()).subject).toBe("Welcome to A tenant");
  const types = (await eventsOf(editor)).map(({ type }) => type);
  expect(types.filter((type) => type.startsWith("mail-wording"))).toEqual([
    "mail-wording.updated",
    "mail-wording.deleted",
  ]);
});

test("everything that is wrong with a wording is told at once, and nothing is kept of it", async () => {
  expect(
    await issuesOf({
      template: "accounts.password-reset",
      subject: "{{ action }}",
      text: "{{ sit }}",
      html: "{% if %}",
    }),
  ).toEqual([
    { path: ["subject"], message: 'must not say "action": subjects are kept and shown' },
    { path: ["text"], message: 'says "sit", which is none of site, action' },
    { path: ["text"], message: 'must say "action"' },
    { path: ["html"], message: expect.stringContaining("cannot be read") as string },
  ]);
  for (const text of [
    "{% include 'x' %}",
    "{% render 'x' %}",
    "{{ name | nothing }}",
    "{{ name.constructor }}",
    "{% for i in (1..100000000) %}{{ i }}{% endfor %}",
  ]) {
    expect(await issuesOf({ text }), text).toMatchObject([{ path: ["text"] }]);
  }
  const { data } = await ask<{ mailTemplates: { revision: number }[] }>(
    '{ mailTemplates(locale: "en") { template revision } }',
    {},
  );
  expect(data.mailTemplates).toHaveLength(registry.mails.length);
  expect(data.mailTemplates.every(({ revision }) => revision === 0)).toBe(true);
});

test("wordings and the record of mails need their permissions; addresses need another", async () => {
  await welcomed();
  const who = (...permissions: string[]): RequestContext => ({
    ...editor,
    actor: { kind: "user", userId: newId(), sessionId: newId(), permissions: new Set(permissions) },
  });
  const log = "{ mails { totalCount edges { node { template state subject to failure } } } }";
  expect((await ask(log, {}, who())).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  expect((await set({}, who("mails:read"))).errors).toMatchObject([
    { extensions: { code: "FORBIDDEN", permission: "mails:write" } },
  ]);
  const { data, errors } = await ask<{ mails: { edges: { node: object }[] } }>(
    log,
    {},
    who("mails:read"),
  );
  expect(errors).toMatchObject([{ extensions: { permission: "accounts:read-email" } }]);
  expect(data.mails.edges[0]?.node).toMatchObject({ template, state: "sent", to: null });
});
