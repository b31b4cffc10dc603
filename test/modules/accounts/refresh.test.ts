import { expect, test } from "vitest";
import { installation } from "#test/installation";
import { aSite, type Site, type Tokens } from "./a-site.ts";

const { owner } = await installation();
const email = "ann@example.com";

/** The full size is 100: `REFRESH_ROUNDS=100 npx vitest run test/modules/accounts/refresh.test.ts`. */
const rounds = Number(process.env["REFRESH_ROUNDS"] ?? 5);

const refresh = (site: Site, { refreshToken }: Pick<Tokens, "refreshToken">) =>
  site.call<Tokens>("/refresh", { body: { refreshToken } });

/** As if the last refresh had been so long ago. */
const wait = (seconds: number) =>
  owner.query("update sessions set refreshed_at = refreshed_at - make_interval(secs => $1)", [
    seconds,
  ]);

const sessionOf = (token: string) => {
  const claims = JSON.parse(
    Buffer.from(token.split(".")[1] ?? "", "base64url").toString(),
  ) as Record<string, unknown>;
  return claims["sid"] as string;
};

/** What a refresh token is made of, beside its generation; the last part may hold what the others are joined by. */
const partsOf = ({ refreshToken }: Tokens) => {
  const [, id = "", proof = ""] = /^rtr_([^_]+)_1_(.+)$/.exec(refreshToken) ?? [];
  return { id, proof };
};

test("a refresh token is exchanged for the next pair, which works", async () => {
  const site = await aSite();
  await site.aUser(email);
  const first = await site.signIn(email);
  const { status, body: second } = await refresh(site, first);
  expect(status).toBe(200);
  expect(second).toEqual({
    accessToken: expect.any(String),
    tokenType: "Bearer",
    expiresIn: 900,
    refreshToken: expect.any(String),
  });
  expect(second.refreshToken).not.toBe(first.refreshToken);
  expect((await refresh(site, second)).status).toBe(200);
  expect((await site.call("/me", { token: second.accessToken })).body).toMatchObject({ email });
});

test(`20 uses of one refresh token at once leave one successor that is good, ${rounds} times`, async () => {
  const site = await aSite();
  await site.aUser(email);
  for (let round = 1; round <= rounds; round++) {
    const tokens = await site.signIn(email);
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(site, tokens)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    const [successor = "", ...others] = new Set(answers.map(({ body }) => body.refreshToken));
    expect(others).toEqual([]);
    const { rows } = await owner.query("select generation, ended_at from sessions where id = $1", [
      sessionOf(tokens.accessToken),
    ]);
    expect(rows).toEqual([{ generation: 2, ended_at: null }]);
    expect((await refresh(site, { refreshToken: successor })).status).toBe(200);
  }
});

test("a token that is used again later ends the whole family, at once, and nobody else's session", async () => {
  const site = await aSite();
  const userId = await site.aUser(email);
  const first = await site.signIn(email);
  const other = await site.signIn(email);
  const { body: second } = await refresh(site, first);
  await wait(11);

  const reuse = await refresh(site, first);
  expect([reuse.status, reuse.body.error?.code]).toEqual([401, "UNAUTHENTICATED"]);
  expect((await refresh(site, second)).status).toBe(401);
  expect((await site.call("/me", { token: second.accessToken })).status).toBe(401);
  expect((await site.call("/me", { token: other.accessToken })).status).toBe(200);
  expect((await refresh(site, other)).status).toBe(200);

  const { rows } = await owner.query(
    "select end_reason from sessions where user_id = $1 and ended_at is not null",
    [userId],
  );
  expect(rows).toEqual([{ end_reason: "reuse" }]);
  expect(await site.events()).toContain("session.ended");
});

test("the token before the last ends the family even at once: two successors have been used since", async () => {
  const site = await aSite();
  await site.aUser(email);
  const first = await site.signIn(email);
  const { body: second } = await refresh(site, first);
  const { body: third } = await refresh(site, second);
  expect((await refresh(site, first)).status).toBe(401);
  expect((await refresh(site, third)).status).toBe(401);
});

test("a token that was made up ends nothing, nor does one shown to another tenant", async () => {
  const [site, elsewhere] = [await aSite(), await aSite()];
  await site.aUser(email);
  const tokens = await site.signIn(email);
  const { id, proof } = partsOf(tokens);
  const madeUp = [
    "",
    "rtr_1",
    `rtr_${id}_1_${proof.replace(/^./, (letter) => (letter === "A" ? "B" : "A"))}`,
    `rtr_${id}_2_${proof}`,
    `rtr_${"0".repeat(32)}_1_${proof}`,
  ];
  await wait(60);
  for (const refreshToken of madeUp) {
    expect((await refresh(site, { refreshToken })).status, refreshToken).toBe(401);
  }
  expect((await refresh(elsewhere, tokens)).status).toBe(401);
  expect((await refresh(site, tokens)).status).toBe(200);
});

test("a session that nobody refreshes is over, and so is one that is too old", async () => {
  const site = await aSite();
  await site.aUser(email);
  const tokens = await site.signIn(email);
  const id = sessionOf(tokens.accessToken);
  const { body: next } = await refresh(site, tokens);
  const { rows } = await owner.query<{ days: number }>(
    "select extract(day from expires_at - now())::int as days from sessions where id = $1",
    [id],
  );
  expect(rows[0]?.days).toBe(13);
  await owner.query(
    "update sessions set created_at = now() - interval '90 days', expires_at = now() + interval '1 hour' where id = $1",
    [id],
  );
  const { body: last } = await refresh(site, next);
  expect((await refresh(site, last)).status).toBe(401);
});

test("neither the tokens nor anything they follow from alone are in the database", async () => {
  const site = await aSite();
  await site.aUser(email);
  const { proof } = partsOf(await site.signIn(email));
  const { rows } = await owner.query("select to_jsonb(s) as session from sessions s");
  expect(proof.length).toBe(43);
  expect(JSON.stringify(rows)).not.toContain(proof);
});

test("signing out ends the session, also by a token that was replaced, and is never refused", async () => {
  const site = await aSite();
  await site.aUser(email);
  const tokens = await site.signIn(email);
  const { body: next } = await refresh(site, tokens);
  const signOut = (refreshToken: string) => site.call("/logout", { body: { refreshToken } });
  expect((await signOut("no token of ours")).status).toBe(204);
  expect((await refresh(site, next)).status).toBe(200);
  expect((await signOut(tokens.refreshToken)).status).toBe(204);
  expect((await refresh(site, next)).status).toBe(401);
  expect((await site.call("/me", { token: next.accessToken })).status).toBe(401);
});
