import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { beforeAll, expect, test } from "vitest";
import { limits } from "../../../src/modules/accounts/limits.ts";
import { inTransaction } from "#kernel/database/transaction";
import { rescue } from "#modules/accounts";
import { installation } from "#test/installation";
import { server } from "#test/server";
import { afterCheck, whileHashing } from "./held-passwords.ts";
import { aSite, password, type Site, type Tokens } from "./a-site.ts";

const { owner } = await installation();
const client = await server();
const email = "ann@example.com";
let site: Site;

beforeAll(async () => {
  site = await aSite();
  await site.aUser(email);
});

const login = (given: object, of = site) => of.call<Tokens>("/login", { body: given });

test("an address and its password sign in, however the address is written", async () => {
  const { status, body } = await login({ email: "Ann@Example.COM", password });
  expect(status).toBe(200);
  expect(body).toEqual({
    accessToken: expect.stringMatching(/^eyJ/),
    tokenType: "Bearer",
    expiresIn: 900,
    refreshToken: expect.stringMatching(/^rtr_/),
  });
  expect((await site.call("/me", { token: body.accessToken })).body).toEqual({
    id: expect.any(String),
    email,
    emailVerified: true,
    name: "Ann",
    role: "editor",
    permissions: expect.arrayContaining(["content:write"]),
    hasPassword: true,
    secondFactor: false,
  });
});

test("an unknown address, a wrong password and an account without one are answered alike", async () => {
  const invited = await site.aUser("invited@example.com");
  await owner.query("update users set password_hash = null where id = $1", [invited]);
  const wrong = await login({ email, password: "another password" });
  expect(wrong.status).toBe(401);
  for (const other of ["nobody@example.com", "invited@example.com"]) {
    expect(await login({ email: other, password })).toEqual({
      ...wrong,
      headers: expect.anything(),
    });
  }
});

test("and they take as long", async () => {
  const here = await aSite();
  await here.aUser(email);
  const timed = async (address: string) => {
    const began = performance.now();
    await login({ email: address, password: "another password" }, here);
    return performance.now() - began;
  };
  const ratios: number[] = [];
  // Each beside its like: what else the machine does in the meantime holds both up.
  for (let turn = 0; turn < 5; turn++) {
    const known = await timed(email);
    ratios.push((await timed(`nobody-${turn}@example.com`)) / known);
  }
  const median = ratios.toSorted((a, b) => a - b)[2];
  // Without a hash to compare with it would be a tenth of it.
  expect(median).toBeGreaterThan(0.5);
  expect(median).toBeLessThan(2);
});

test("an account is closed to an address that guesses, and open to its owner elsewhere", async () => {
  const here = await aSite();
  await here.aUser(email);
  const guesses = await Promise.all(
    Array.from({ length: 25 }, (_, guess) => login({ email, password: `guess ${guess}` }, here)),
  );
  const codes = guesses.map(({ body }) => body.error?.code);
  expect(codes.filter((code) => code === "UNAUTHENTICATED")).toHaveLength(limits.password.tries);
  const refused = guesses.find(({ status }) => status === 429);
  expect(refused?.body.error).toMatchObject({ code: "RATE_LIMITED" });
  const after = Number(refused?.headers.get("retry-after"));
  expect(after).toBeGreaterThan(0);
  expect(after).toBeLessThanOrEqual(limits.password.seconds);

  // The right password is not tried either.
  expect((await login({ email, password }, here)).status).toBe(429);
  // Written otherwise, it is the same account.
  expect((await login({ email: "ANN@example.com", password }, here)).status).toBe(429);
  expect(await loginFrom("127.0.0.2", here)).toBe(200);
});

/** The status of a right sign-in that comes from another address of this machine. */
async function loginFrom(localAddress: string, { tenant }: Site): Promise<number | undefined> {
  const sent = request(`${client.url}/api/auth/login`, {
    method: "POST",
    localAddress,
    headers: { "content-type": "application/json", "x-tenant-id": tenant.id },
  });
  sent.end(JSON.stringify({ email, password }));
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

test("who signs in rightly, however often, is not counted", async () => {
  const here = await aSite();
  await here.aUser(email);
  for (let turn = 0; turn <= limits.password.tries; turn++) {
    expect((await login({ email, password }, here)).status).toBe(200);
  }
});

test("GraphQL is no way around: each field of an operation that is carried out counts like a request", async () => {
  const here = await aSite();
  await here.aUser(email);
  const { accessToken } = await here.signIn(email);
  const guess = (turn: number) =>
    `guess${turn}: changePassword(input: { password: "guess ${turn}", newPassword: "${password}" })`;
  const codes: unknown[] = [];
  while (codes.length < limits.password.tries + 2) {
    // The first that fails ends the operation, as GraphQL has it; of them, none is passed over.
    const fields = Array.from({ length: 20 }, (_, turn) => guess(turn));
    const { errors = [] } = await client.graphql(
      here.tenant,
      `mutation { ${fields.join(" ")} }`,
      {},
      accessToken,
    );
    codes.push(...errors.map(({ extensions }) => extensions["code"]));
  }
  expect(codes.slice(0, limits.password.tries + 1)).toEqual([
    ...Array.from({ length: limits.password.tries }, () => "BAD_USER_INPUT"),
    "RATE_LIMITED",
  ]);
  // The same tries are gone by REST.
  expect((await login({ email, password }, here)).status).toBe(429);
});

test("how sign-ins end is counted", async () => {
  const count = async (code: string) => {
    const text = await (await client.fetch("/metrics")).text();
    const line = `rustok_sign_ins_total{method="password",code="${code}"} `;
    return Number(
      text
        .split("\n")
        .find((found) => found.startsWith(line))
        ?.slice(line.length) ?? 0,
    );
  };
  const before = [await count("ok"), await count("UNAUTHENTICATED")];
  await login({ email, password });
  await login({ email, password: "another password" });
  await login({ email, password });
  const after = [await count("ok"), await count("UNAUTHENTICATED")];
  expect(after.map((now, index) => now - (before[index] ?? 0))).toEqual([2, 1]);
});

test("several operations in one request are refused as a whole", async () => {
  const one = { query: "{ me { id } }" };
  const answer = await client.fetch("/api/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", "x-tenant-id": site.tenant.id },
    body: JSON.stringify([one, one]),
  });
  expect(answer.status).toBe(400);
});

test("a wrong present password changes nothing; the right one signs out elsewhere", async () => {
  const here = await aSite();
  await here.aUser(email);
  const [desk, phone] = [await here.signIn(email), await here.signIn(email)];
  const change = (given: object) =>
    here.call("/password", { body: given, token: desk.accessToken });
  const refused = await change({ password: "another password", newPassword: "short" });
  expect(refused.body.error?.details).toEqual({
    issues: [{ path: ["newPassword"], message: "must have at least 12 characters" }],
  });
  const wrong = await change({ password: "another password", newPassword: "a new long password" });
  expect([wrong.status, wrong.body.error?.details]).toEqual([
    400,
    { issues: [{ path: ["password"], message: "is wrong" }] },
  ]);
  expect((await login({ email, password }, here)).status).toBe(200);

  expect((await change({ password, newPassword: "a new long password" })).status).toBe(204);
  expect((await login({ email, password }, here)).status).toBe(401);
  expect((await login({ email, password: "a new long password" }, here)).status).toBe(200);
  expect((await here.call("/me", { token: desk.accessToken })).status).toBe(200);
  expect((await here.call("/me", { token: phone.accessToken })).status).toBe(401);
  expect(await here.events()).toContain("user.password-changed");
});

test("a password that is replaced while it is checked opens nothing and changes nothing", async () => {
  const here = await aSite();
  const id = await here.aUser(email);
  const { accessToken: token } = await here.signIn(email);
  let chosen = "";
  afterCheck(here.ctx, async () => (chosen = await rescue(here.ctx, email)));
  expect((await login({ email, password }, here)).status).toBe(401);

  let another = "";
  afterCheck(here.ctx, async () => (another = await rescue(here.ctx, email)));
  const { accessToken } = (await login({ email, password: chosen }, here)).body;
  expect(accessToken).toBeUndefined();
  const { accessToken: thiefs } = (await login({ email, password: another }, here)).body;
  whileHashing(here.ctx, async () => (chosen = await rescue(here.ctx, email)));
  const change = { password: another, newPassword: "a thief's own password" };
  const refused = await here.call("/password", { body: change, token: thiefs });
  expect([refused.status, refused.body.error?.details]).toEqual([
    400,
    { issues: [{ path: ["password"], message: "is wrong" }] },
  ]);
  expect((await here.call("/me", { token })).status).toBe(401);
  const { rowCount } = await owner.query(
    "select from sessions where user_id = $1 and ended_at is null",
    [id],
  );
  expect(rowCount).toBe(0);
  expect((await login({ email, password: chosen }, here)).status).toBe(200);
});

test("a sign-in waits for a change of its password that is under way, and opens nothing", async () => {
  const here = await aSite();
  const id = await here.aUser(email);
  const replaced = Promise.withResolvers<void>();
  afterCheck(here.ctx, async () => {
    const begun = Promise.withResolvers<void>();
    inTransaction(here.ctx, async (tx) => {
      await tx.sql("update users set password_hash = 'of another' where id = $1", [id]);
      begun.resolve();
      await Promise.race([answer, somebodyWaits()]);
    }).then(replaced.resolve, replaced.reject);
    await begun.promise;
  });
  const answer = login({ email, password }, here);
  expect((await answer).status).toBe(401);
  await replaced.promise;
  expect(await here.events()).not.toContain("session.started");
});

const somebodyWaits = () =>
  expect
    .poll(async () => (await owner.query("select from pg_locks where not granted")).rowCount, {
      interval: 10,
      timeout: 20_000,
    })
    .toBeGreaterThan(0);

test("what a person alone may do is closed to nobody, and to API keys", async () => {
  for (const [method, path] of [
    ["GET", "/me"],
    ["GET", "/sessions"],
    ["DELETE", "/sessions"],
    ["POST", "/password"],
    ["POST", "/second-factor"],
  ] as const) {
    const { status } = await site.call(path, { method, ...(method === "POST" && { body: {} }) });
    expect(status, path).toBe(401);
  }
});
