import { afterEach, beforeAll, expect, test } from "vitest";
import { limits } from "../../../src/modules/accounts/limits.ts";
import { settled, startBackground } from "#test/background";
import { accountsWith, rescue } from "#modules/accounts";
import { domains } from "#modules/tenants";
import { installation } from "#test/installation";
import { aMailbox, type Mailbox, tokenIn } from "#test/mailbox";
import { server } from "#test/server";
import { grantPlatform } from "../../../src/commands/platform-grant.ts";
import { setupOf } from "../../../src/modules/accounts/setup.ts";
import { edit, limited, refusal } from "../search/an-editor.ts";
import { aSite, password, type Site } from "./a-site.ts";
import { afterCheck, whileHashing } from "./held-passwords.ts";

const { anEditor, owner } = await installation();
const client = await server();
const email = "ann@example.com";
const another = "another password of ours";
let mailbox: Mailbox;

beforeAll(async () => {
  mailbox = await aMailbox();
  await startBackground();
});

// What one test does not read is not for the next, though it goes to the same address.
afterEach(async () => {
  await settled();
  mailbox.mails.length = 0;
});

const updateSettings =
  "mutation ($input: UpdateAccountSettingsInput!) { updateAccountSettings(input: $input) { link revision } }";

/** A tenant where anybody may register. */
async function anOpenSite(settings: object = {}, hosts: string[] = []): Promise<Site> {
  const site = await aSite({ name: "Lamps", domains: hosts });
  await site.aUser("admin@example.com", "administrator");
  const { accessToken } = await site.signIn("admin@example.com");
  const { errors } = await client.graphql(
    site.tenant,
    updateSettings,
    { input: { registration: true, ...settings } },
    accessToken,
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return site;
}

const loginWith = (site: Site, given: string, address = email) =>
  site.call("/login", { body: { email: address, password: given } });

/** Waits until all mails are out, and says how many there were. */
async function mailsSent(work: () => Promise<unknown>): Promise<number> {
  await settled();
  const before = mailbox.mails.length;
  await work();
  await settled();
  return mailbox.mails.length - before;
}

test("registration is closed unless the tenant opens it", async () => {
  const site = await aSite();
  const { status, body } = await site.call("/register", { body: { email, name: "Ann" } });
  expect([status, body.error?.code, body.error?.details]).toEqual([
    403,
    "FORBIDDEN",
    { reason: "REGISTRATION_CLOSED" },
  ]);
  expect(await site.events()).toEqual([]);
});

test("who registers has an account once they confirm it from their mailbox, and as a customer", async () => {
  const settings = { link: "https://lamps.example/account", sender: "The lamp shop" };
  const site = await anOpenSite(settings, ["lamps.example"]);
  const { status } = await site.call("/register", { body: { email, name: "Ann" } });
  expect(status).toBe(202);
  const mail = await mailbox.to(email);
  expect(mail).toMatchObject({ from: "The lamp shop", subject: "Confirm your account at Lamps" });
  const token = tokenIn(mail);
  expect(mail.text).toContain(`https://lamps.example/account#action=registration&token=${token}\n`);

  const before = await owner.query("select from users where email = $1", [email]);
  expect(before.rows).toEqual([]);
  const confirm = (given: object) => site.call("/register/confirm", { body: given });
  expect((await confirm({ token, password: "short" })).status).toBe(400);
  expect((await confirm({ token: `${token.slice(1)}A`, password })).status).toBe(400);
  expect((await confirm({ token, password })).status).toBe(204);
  const again = await confirm({ token, password });
  expect(again.body.error?.details).toEqual({
    issues: [{ path: ["token"], message: "is not good any more; have another mail sent" }],
  });

  const { accessToken } = await site.signIn(email);
  expect((await site.call("/me", { token: accessToken })).body).toMatchObject({
    emailVerified: true,
    role: "customer",
    permissions: [],
  });
});

test("registering an address that has an account is answered alike; only its owner is told", async () => {
  const site = await anOpenSite();
  await site.aUser(email);
  const fresh = await site.call("/register", { body: { email: "new@example.com", name: "New" } });
  const taken = await site.call("/register", { body: { email, name: "Mallory", locale: "de" } });
  expect([taken.status, taken.body]).toEqual([fresh.status, fresh.body]);
  const mail = await mailbox.to(email);
  expect(mail.subject).toBe("Sie haben ein Konto bei Lamps");
  expect(tokenIn(mail)).toBe("");
  expect((await loginWith(site, password)).status).toBe(200);
});

test("a forgotten password is chosen anew from the mailbox, once, and signs out everywhere", async () => {
  const site = await anOpenSite();
  await site.aUser(email);
  const { accessToken, refreshToken } = await site.signIn(email);
  const forgotten = () =>
    site.call("/password/forgotten", { body: { email: "ANN@example.com", locale: "de-AT" } });
  expect((await forgotten()).status).toBe(202);
  // To the address as its owner wrote it.
  const mail = await mailbox.to(email);
  expect(mail.subject).toBe("Wählen Sie ein neues Passwort für Lamps");
  expect(mail.text).toContain(`Ihr Code:\n${tokenIn(mail)}\n`);
  await forgotten();
  const second = await mailbox.to(email);

  const reset = (token: string) =>
    site.call("/password/reset", { body: { token, password: another } });
  expect((await reset(tokenIn(mail))).status).toBe(204);
  expect((await reset(tokenIn(mail))).status).toBe(400);
  // Another mail that was on its way is good for nothing any more.
  expect((await reset(tokenIn(second))).status).toBe(400);

  expect((await loginWith(site, password)).status).toBe(401);
  expect((await loginWith(site, another)).status).toBe(200);
  expect((await site.call("/me", { token: accessToken })).status).toBe(401);
  expect((await site.call("/refresh", { body: { refreshToken } })).status).toBe(401);
  expect((await mailbox.to(email)).subject).toBe("Your password at Lamps was changed");
});

test("links of mails lead to the tenant's own hosts alone, whoever sets them", async () => {
  const { tenant, ctx } = await aSite({ domains: ["shades.example"] });
  const somebody = limited(await anEditor(tenant), "accounts:write");
  const setup = setupOf(ctx);
  accountsWith(ctx.db, { ...setup, production: true, baseDomain: "shops.example" });
  const faults = async (link: string) =>
    (await refusal(somebody, updateSettings, { input: { link } })).issues;
  for (const link of [
    "https://evil.example/",
    "https://shades.example@evil.example/",
    "https://shades.example.evil.example/",
    "https://not.shades.example/",
    "https://another.shops.example/",
    "http://localhost:4000/",
  ]) {
    expect(await faults(link), link).toEqual(["link"]);
  }
  const { rows } = await owner.query("select link from account_settings where tenant_id = $1", [
    tenant.id,
  ]);
  expect(rows).toEqual([]);
  for (const link of [
    "https://Shades.example:8443/account",
    "https://shops.example/account",
    `https://${tenant.slug}.shops.example/account`,
  ]) {
    expect(await edit(somebody, updateSettings, { input: { link } })).toMatchObject({
      updateAccountSettings: { link: new URL(link).href },
    });
  }
  accountsWith(ctx.db, setup);
  const link = "http://localhost:4000/account";
  await edit(somebody, updateSettings, { input: { link } });
});

test("a host that is the tenant's no more is led to no more", async () => {
  const site = await anOpenSite({ link: "https://bulbs.example/account" }, ["bulbs.example"]);
  await site.aUser(email);
  const forgotten = async () => {
    await site.call("/password/forgotten", { body: { email } });
    return mailbox.to(email);
  };
  expect((await forgotten()).text).toContain("https://bulbs.example/account#action=");
  await domains.remove(site.ctx, "bulbs.example");
  const mail = await forgotten();
  expect(mail.text).toContain(`Your code:\n${tokenIn(mail)}\n`);
  expect(mail.text).not.toContain("bulbs.example");
});

test("who may do more than whoever sets links is led by none", async () => {
  const site = await anOpenSite({ link: "https://tubes.example/account" }, ["tubes.example"]);
  await site.aUser(email);
  await grantPlatform({ ownerUrl: site.ctx.db.url }, site.ctx, email);
  await site.call("/password/forgotten", { body: { email } });
  const mail = await mailbox.to(email);
  expect(mail.text).toContain(`Your code:\n${tokenIn(mail)}\n`);
  expect(mail.text).not.toContain("tubes.example");
});

test("for an unknown address the answer is the same, and nobody gets a mail", async () => {
  const site = await anOpenSite();
  await site.aUser(email);
  const ask = (address: string) => site.call("/password/forgotten", { body: { email: address } });
  const known = await ask(email);
  await mailbox.to(email);
  let unknown = known;
  expect(await mailsSent(async () => (unknown = await ask("nobody@example.com")))).toBe(0);
  expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
});

test("a token is good in its tenant alone, for its purpose alone, and not for ever", async () => {
  const [site, elsewhere] = [await anOpenSite(), await anOpenSite()];
  await site.aUser(email);
  await elsewhere.aUser(email);
  await site.call("/password/forgotten", { body: { email } });
  const token = tokenIn(await mailbox.to(email));
  const body = { token, password: another };
  expect((await elsewhere.call("/password/reset", { body })).status).toBe(400);
  expect((await site.call("/register/confirm", { body })).status).toBe(400);
  expect((await site.call("/email/confirm", { body: { token } })).status).toBe(400);
  await owner.query(
    "update account_requests set expires_at = expires_at - interval '1 hour' where tenant_id = $1",
    [site.tenant.id],
  );
  expect((await site.call("/password/reset", { body })).status).toBe(400);
  expect((await loginWith(site, password)).status).toBe(200);
});

test("an address changes when the new one confirms it; the old one is told", async () => {
  const site = await anOpenSite();
  await site.aUser(email);
  const { accessToken: token } = await site.signIn(email);
  const ask = (given: object) => site.call("/email", { body: given, token });
  expect((await ask({ email: "moved@example.com", password: "another" })).status).toBe(400);
  expect((await ask({ email: "moved@example.com", password })).status).toBe(202);
  const mail = await mailbox.to("moved@example.com");
  expect((await loginWith(site, password)).status).toBe(200);

  const confirm = () => site.call("/email/confirm", { body: { token: tokenIn(mail) } });
  expect((await confirm()).status).toBe(204);
  expect((await loginWith(site, password)).status).toBe(401);
  expect((await loginWith(site, password, "moved@example.com")).status).toBe(200);
  expect((await mailbox.to(email)).subject).toBe("Your account at Lamps has another address");
  expect(await site.events()).toContain("user.email-changed");
});

test("an open change of address whose password that has been replaced comes to nothing", async () => {
  const site = await anOpenSite();
  const id = await site.aUser(email);
  const { accessToken: token } = await site.signIn(email);
  const ask = (body: object) => site.call("/email", { body, token });
  expect((await ask({ email: "mallory@example.com", password })).status).toBe(202);
  const confirming = tokenIn(await mailbox.to("mallory@example.com"));
  await rescue(site.ctx, email);
  const late = await site.call("/email/confirm", { body: { token: confirming } });
  expect([late.status, late.body.error?.details]).toEqual([
    400,
    { issues: [{ path: ["token"], message: "is not good any more; have another mail sent" }] },
  ]);
  const { rows } = await owner.query("select email from users where id = $1", [id]);
  expect(rows).toEqual([{ email }]);
});

test("a change of address, asked for while the password has been replaced comes to nothing", async () => {
  const site = await anOpenSite();
  await site.aUser(email);
  const { accessToken: token } = await site.signIn(email);
  afterCheck(site.ctx, () => rescue(site.ctx, email));
  const body = { email: "mallory@example.com", password };
  const { status, body: answer } = await site.call("/email", { body, token });
  expect([status, answer.error?.details]).toEqual([
    400,
    { issues: [{ path: ["password"], message: "is wrong" }] },
  ]);
  const { rows } = await owner.query(
    "select from account_requests where tenant_id = $1 and purpose = 'email-change'",
    [site.tenant.id],
  );
  expect(rows).toEqual([]);
});

test("no transaction is open while a password is hashed, and none is for a token that is not good", async () => {
  const site = await anOpenSite();
  await site.aUser(email);
  // In databases cloned from one, as each file's is, the table has the same number.
  const open = `
    select from pg_locks where relation = 'account_requests'::regclass
      and database = (select oid from pg_database where datname = current_database())`;
  const register = { email: "new@example.com", name: "New" };
  for (const [ask, body, confirm, address] of [
    ["/password/forgotten", { email }, "/password/reset", email],
    ["/register", register, "/register/confirm", register.email],
  ] as const) {
    await site.call(ask, { body });
    const token = tokenIn(await mailbox.to(address));
    await settled();
    const { passwords } = setupOf(site.ctx);
    const seen: unknown[] = [];
    whileHashing(site.ctx, async () => seen.push((await owner.query(open)).rowCount));
    const bad = { token: `${token.slice(1)}A`, password: another };
    expect((await site.call(confirm, { body: bad })).status, confirm).toBe(400);
    expect(seen, confirm).toEqual([]);
    expect((await site.call(confirm, { body: { token, password: another } })).status).toBe(204);
    expect(seen, confirm).toEqual([0]);
    expect(setupOf(site.ctx).passwords).toBe(passwords);
  }
});

test("whether a new address has an account, only its owner learns", async () => {
  const site = await anOpenSite();
  await site.aUser(email);
  await site.aUser("bob@example.com");
  const { accessToken: token } = await site.signIn(email);
  const { status } = await site.call("/email", {
    body: { email: "bob@example.com", password },
    token,
  });
  expect(status).toBe(202);
  expect((await mailbox.to("bob@example.com")).subject).toBe("You have an account at Lamps");
});

test("an address that was never confirmed can be, by its owner", async () => {
  const site = await anOpenSite();
  const id = await site.aUser(email);
  await owner.query("update users set email_verified_at = null where id = $1", [id]);
  const { accessToken: token } = await site.signIn(email);
  expect((await site.call("/email/verify", { method: "POST", token })).status).toBe(202);
  const confirming = tokenIn(await mailbox.to(email));
  expect((await site.call("/email/confirm", { body: { token: confirming } })).status).toBe(204);
  expect((await site.call("/me", { token })).body).toMatchObject({ emailVerified: true });
});

test("who is given an account without a password is invited to choose one", async () => {
  const site = await anOpenSite();
  const { accessToken } = await site.signIn("admin@example.com");
  const { data } = await client.graphql<{ createUser: object }>(
    site.tenant,
    `mutation { createUser(input: { email: "${email}", name: "Ann", role: "editor" }) { hasPassword emailVerified } }`,
    {},
    accessToken,
  );
  expect(data.createUser).toEqual({ hasPassword: false, emailVerified: false });
  expect((await loginWith(site, "")).status).toBe(401);
  const token = tokenIn(await mailbox.to(email));
  const { status } = await site.call("/password/reset", { body: { token, password: another } });
  expect(status).toBe(204);
  expect((await loginWith(site, another)).status).toBe(200);
});

test("nobody's mailbox is filled by us", async () => {
  const site = await anOpenSite();
  const asked = await Promise.all(
    Array.from({ length: 20 }, () =>
      site.call("/password/forgotten", { body: { email: "flood@example.com" } }),
    ),
  );
  const refused = asked.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(20 - limits.mailbox.tries);
  expect(refused[0]?.body.error?.code).toBe("RATE_LIMITED");
  const by = await site.call("/register", { body: { email: "Flood@example.com", name: "F" } });
  expect(by.status).toBe(429);
});

test("what is on record of a mail, an event or a job opens nothing", async () => {
  const site = await anOpenSite();
  await site.aUser(email);
  await site.call("/password/forgotten", { body: { email } });
  const token = tokenIn(await mailbox.to(email));
  await settled();
  const { rows } = await owner.query<{ dump: string }>(`
    select to_jsonb(r)::text as dump from account_requests r
    union all select to_jsonb(e)::text from sys_events e
    union all select to_jsonb(j)::text from bullmq.job j`);
  const dump = rows.map((row) => row.dump).join();
  expect(token.length).toBe(43);
  expect(dump).toContain("account.mail-requested");
  expect(dump).not.toContain(token);
});
