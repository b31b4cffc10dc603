import { Secret, TOTP } from "otpauth";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { limits } from "../../../src/modules/accounts/limits.ts";
import { rescue } from "#modules/accounts";
import { installation } from "#test/installation";
import { server } from "#test/server";
import { aSite, password, type Site, type Tokens } from "./a-site.ts";

const { owner } = await installation();
const client = await server();
const email = "ann@example.com";

/** Somebody whose app shows codes. */
interface Person {
  site: Site;
  id: string;
  token: string;
  codes: string[];
  /** The code of the interval that is so many after now. */
  code(intervals?: number): string;
  login(code?: string): ReturnType<Site["call"]>;
}

beforeEach(() => {
  // In the middle of an interval, and only where the time is asked for: everything else goes on.
  const middle = Math.floor(Date.now() / 30_000) * 30_000 + 15_000;
  vi.useFakeTimers({ toFake: ["Date"], now: middle });
});
afterEach(() => {
  vi.useRealTimers();
});

async function aPerson(): Promise<Person> {
  const site = await aSite({ name: "Lamps" });
  const id = await site.aUser(email);
  const { accessToken: token } = await site.signIn(email);
  const begun = await site.call<{ secret: string; uri: string }>("/second-factor", {
    body: { password },
    token,
  });
  expect(begun.body.uri).toBe(
    `otpauth://totp/Lamps:${encodeURIComponent(email)}?issuer=Lamps&secret=${begun.body.secret}&algorithm=SHA1&digits=6&period=30`,
  );
  const totp = new TOTP({ secret: Secret.fromBase32(begun.body.secret) });
  const code = (intervals = 0) => totp.generate({ timestamp: Date.now() + intervals * 30_000 });
  // Begun is not on.
  expect((await site.call("/login", { body: { email, password } })).status).toBe(200);
  const { body } = await site.call<{ recoveryCodes: string[] }>("/second-factor/confirm", {
    body: { code: code(-1) },
    token,
  });
  return {
    site,
    id,
    token,
    codes: body.recoveryCodes,
    code,
    login: (given) => site.call("/login", { body: { email, password, code: given } }),
  };
}

test("with a second factor a password alone signs nobody in", async () => {
  const { login, code, site, token } = await aPerson();
  const without = await login();
  expect([without.status, without.body.error?.details]).toEqual([
    401,
    { reason: "SECOND_FACTOR_REQUIRED" },
  ]);
  expect((await login("000000")).body.error?.details).toEqual({});
  expect((await login(code())).status).toBe(200);
  expect((await site.call("/me", { token })).body).toMatchObject({ secondFactor: true });
  // The wrong password is answered before the code is looked at.
  const wrong = await site.call("/login", { body: { email, password: "another", code: code(1) } });
  expect(wrong.body.error?.message).toBe("The e-mail address or the password is wrong.");
  expect((await login(code(1))).status).toBe(200);
});

test("a code is taken once, also of twenty requests at once, and none before it any more", async () => {
  const { login, code } = await aPerson();
  const first = code();
  const answers = await Promise.all(Array.from({ length: 8 }, () => login(first)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect((await login(code(1))).status).toBe(200);
  expect((await login(first)).status).toBe(401);
});

test("the code that turned it on is not good for signing in, nor is one of long ago or to come", async () => {
  const { login, code } = await aPerson();
  for (const intervals of [-1, -3, 3]) expect((await login(code(intervals))).status).toBe(401);
  expect((await login(code(0))).status).toBe(200);
});

test("codes are guessed a few times, then no more", async () => {
  const { login, code } = await aPerson();
  const statuses: number[] = [];
  for (let guess = 0; guess <= limits.code.tries; guess++) {
    statuses.push((await login(String(100_000 + guess))).status);
  }
  expect(statuses).toEqual([...Array.from({ length: limits.code.tries }, () => 401), 429]);
  expect((await login(code())).status).toBe(429);
});

test("each recovery code stands in once, however it is typed", async () => {
  const { login, codes, id, site, token } = await aPerson();
  expect(codes).toHaveLength(10);
  const [one = "", two = "", three = ""] = codes;
  expect(one).toMatch(/^([2-9a-z]{4}-){3}[2-9a-z]{4}$/);
  const both = await Promise.all([login(one), login(one)]);
  expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 401]));
  expect((await login(` ${two.toUpperCase().replaceAll("-", " ")}`)).status).toBe(200);

  const renewed = await site.call<{ recoveryCodes: string[] }>("/second-factor/recovery-codes", {
    body: { password, code: three },
    token,
  });
  expect(renewed.body.recoveryCodes).toHaveLength(10);
  expect((await login(codes[4])).status).toBe(401);
  expect((await login(renewed.body.recoveryCodes[0])).status).toBe(200);
  const { rows } = await owner.query(
    "select action, actor_id from audit_log where subject_id = $1 and action like '%codes%'",
    [id],
  );
  expect(rows).toEqual([{ action: "user.recovery-codes-renewed", actor_id: id }]);
});

test("turning it off takes both factors", async () => {
  const { site, token, code, login } = await aPerson();
  const off = (given: object) => site.call("/second-factor/off", { body: given, token });
  expect((await off({ password: "another", code: code() })).status).toBe(400);
  expect((await off({ password, code: "000000" })).status).toBe(401);
  expect((await login()).status).toBe(401);
  expect((await site.call("/second-factor", { body: { password }, token })).status).toBe(409);
  expect((await off({ password, code: code() })).status).toBe(204);
  expect((await login()).status).toBe(200);
  expect(
    (await site.events()).filter((type) => type === "user.second-factor-changed"),
  ).toHaveLength(2);
});

test("an administrator helps who has lost both; nobody does away with the one of somebody above them", async () => {
  const { site, id, login } = await aPerson();
  await site.aUser("admin@example.com", "administrator");
  const { accessToken } = await site.signIn("admin@example.com");
  const remove = () =>
    client.graphql<object>(
      site.tenant,
      "mutation ($id: Id!) { removeSecondFactor(input: { id: $id }) }",
      { id },
      accessToken,
    );
  expect((await remove()).data).toEqual({ removeSecondFactor: true });
  expect((await remove()).data).toEqual({ removeSecondFactor: false });
  expect((await login()).status).toBe(200);
});

test("neither the app's secret nor a recovery code can be read from the database", async () => {
  const { codes, id, site, token } = await aPerson();
  const { rows } = await owner.query<{ dump: string }>(
    `select to_jsonb(f)::text as dump from second_factors f where user_id = $1
     union all select to_jsonb(r)::text from recovery_codes r where user_id = $1`,
    [id],
  );
  const dump = rows.map((row) => row.dump).join();
  expect(rows).toHaveLength(11);
  expect(codes.some((code) => dump.includes(code))).toBe(false);
  expect(dump).not.toMatch(/"secret": "[A-Z2-7]{32}"/);
  // Nor is it in what was announced.
  expect(JSON.stringify(await site.events())).not.toContain(codes[0]);
  expect((await site.call<Tokens>("/me", { token })).status).toBe(200);
});

test("the operator lets in who has lost everything", async () => {
  const { site, token } = await aPerson();
  const chosen = await rescue(site.ctx, email);
  expect((await site.call("/me", { token })).status).toBe(401);
  expect((await site.call("/login", { body: { email, password } })).status).toBe(401);
  expect((await site.call("/login", { body: { email, password: chosen } })).status).toBe(200);
  await expect(rescue(site.ctx, "nobody@example.com")).rejects.toMatchObject({ code: "NOT_FOUND" });
});
