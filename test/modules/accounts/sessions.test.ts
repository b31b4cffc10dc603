import { expect, test } from "vitest";
import { declarePermissions } from "#kernel/access/permissions";
import { openDatabase } from "#kernel/database/database";
import { findActors, forgetOld } from "#modules/accounts";
import { permissionsOfUser } from "#modules/access";
import { openAccounts } from "#processes/accounts";
import { installation, log, registry, secret } from "#test/installation";
import { afterwards } from "#test/afterwards";
import { server } from "#test/server";
import { aSite } from "./a-site.ts";

const { db, owner } = await installation();
const client = await server();
const email = "ann@example.com";

interface Listed {
  sessions: { id: string; current: boolean; address: string; method: string }[];
}

test("people see where they are signed in, end one session, or all", async () => {
  const site = await aSite();
  await site.aUser(email);
  await site.aUser("bob@example.com");
  const [desk, phone, bob] = [
    await site.signIn(email),
    await site.signIn(email),
    await site.signIn("bob@example.com"),
  ];
  const { body } = await site.call<Listed>("/sessions", { token: phone.accessToken });
  expect(body.sessions.map(({ current, method }) => ({ current, method }))).toEqual([
    { current: true, method: "password" },
    { current: false, method: "password" },
  ]);
  expect(body.sessions[0]?.address).toMatch(/127\.0\.0\.1$/);

  const end = (id: string | undefined, token: string) =>
    site.call(`/sessions/${id}`, { method: "DELETE", token });
  const other = body.sessions.find(({ current }) => !current)?.id;
  expect((await end(other, bob.accessToken)).status).toBe(404);
  expect((await site.call("/me", { token: desk.accessToken })).status).toBe(200);
  expect((await end(other, phone.accessToken)).status).toBe(204);
  expect((await end(other, phone.accessToken)).status).toBe(404);
  expect((await site.call("/me", { token: desk.accessToken })).status).toBe(401);

  const again = await site.signIn(email);
  expect(
    (await site.call("/sessions", { method: "DELETE", token: again.accessToken })).status,
  ).toBe(204);
  for (const { accessToken } of [phone, again]) {
    expect((await site.call("/me", { token: accessToken })).status).toBe(401);
  }
  expect((await site.call("/me", { token: bob.accessToken })).status).toBe(200);
});

test("GraphQL has the same", async () => {
  const site = await aSite();
  await site.aUser(email);
  const [desk, phone] = [await site.signIn(email), await site.signIn(email)];
  const ask = <Data>(query: string, variables: Record<string, unknown> = {}, token?: string) =>
    client.graphql<Data>(site.tenant, query, variables, token);
  const list = "{ me { email secondFactor } sessions { id current } }";
  const { data } = await ask<{
    me: { email: string };
    sessions: { id: string; current: boolean }[];
  }>(list, {}, phone.accessToken);
  expect(data.me).toEqual({ email, secondFactor: false });
  const id = data.sessions.find(({ current }) => !current)?.id;
  const ended = await ask<object>(
    "mutation ($id: Id!) { endSession(input: { id: $id }) }",
    { id },
    phone.accessToken,
  );
  expect(ended.data).toEqual({ endSession: true });
  expect((await ask(list, {}, desk.accessToken)).errors?.[0]?.extensions["code"]).toBe(
    "UNAUTHENTICATED",
  );
  const all = await ask<object>("mutation { endSessions }", {}, phone.accessToken);
  expect(all.data).toEqual({ endSessions: 1 });
  const nobody = await ask(list);
  expect(nobody.errors?.[0]?.extensions["code"]).toBe("UNAUTHENTICATED");
});

test("a session that is ended in one process is refused in another within two seconds", async () => {
  const site = await aSite();
  const userId = await site.aUser(email);
  const { accessToken } = await site.signIn(email);

  const another = await openDatabase({ url: db.url, poolSize: 2, entities: registry.entities });
  afterwards(() => another.close());
  declarePermissions(another, registry.permissionDefinitions);
  openAccounts(another, {
    secret,
    production: false,
    permissionsOfUser,
  });
  const find = findActors(another, log);
  expect(await find(site.tenant, accessToken)).toMatchObject({ kind: "user", userId });

  await site.call("/sessions", { method: "DELETE", token: accessToken });
  const ended = performance.now();
  // By when it was asked: a busy machine may take its time over the answer, or over the next question.
  let believed = ended;
  const ask = async () => {
    const asked = performance.now();
    await find(site.tenant, accessToken);
    believed = asked;
  };
  await expect
    .poll(() => ask().catch(({ code }: { code: string }) => code), {
      interval: 50,
      timeout: 20_000,
    })
    .toBe("UNAUTHENTICATED");
  expect(believed - ended).toBeLessThan(2_000);
});

test("what is over is kept for a month, and then forgotten", async () => {
  const site = await aSite();
  await site.aUser(email);
  const [fresh, ended, expired] = [
    await site.signIn(email),
    await site.signIn(email),
    await site.signIn(email),
  ];
  await site.call("/logout", { body: { refreshToken: ended.refreshToken } });
  const left = async () => {
    const { rows } = await owner.query("select id from sessions where tenant_id = $1", [
      site.tenant.id,
    ]);
    return rows.length;
  };
  await forgetOld(site.ctx);
  expect(await left()).toBe(3);
  await owner.query(
    "update sessions set ended_at = ended_at - interval '31 days' where tenant_id = $1",
    [site.tenant.id],
  );
  await forgetOld(site.ctx);
  expect(await left()).toBe(2);
  expect((await site.call("/refresh", { body: { refreshToken: fresh.refreshToken } })).status).toBe(
    200,
  );
  await owner.query(
    "update sessions set expires_at = now() - interval '31 days' where tenant_id = $1 and generation = 1",
    [site.tenant.id],
  );
  await forgetOld(site.ctx);
  expect(await left()).toBe(1);
  expect(
    (await site.call("/refresh", { body: { refreshToken: expired.refreshToken } })).status,
  ).toBe(401);
});

test("a demotion holds at once, and a deleted account is signed out", async () => {
  const site = await aSite();
  const id = await site.aUser(email, "administrator");
  await site.aUser("bob@example.com", "administrator");
  const [ann, bob] = [await site.signIn(email), await site.signIn("bob@example.com")];
  const ask = (query: string, token: string) =>
    client.graphql<object>(site.tenant, query, { id }, token);
  const read = "{ users { totalCount edges { node { email role } } } }";
  expect((await ask(read, ann.accessToken)).errors).toBeUndefined();
  const demote = 'mutation ($id: Id!) { updateUser(input: { id: $id, role: "editor" }) { role } }';
  expect((await ask(demote, bob.accessToken)).data).toEqual({ updateUser: { role: "editor" } });
  expect((await ask(read, ann.accessToken)).errors?.[0]?.extensions).toMatchObject({
    code: "FORBIDDEN",
    permission: "accounts:read",
  });
  const remove = "mutation ($id: Id!) { deleteUser(input: { id: $id }) }";
  expect((await ask(remove, bob.accessToken)).data).toEqual({ deleteUser: true });
  expect((await site.call("/me", { token: ann.accessToken })).status).toBe(401);
  const { rows } = await owner.query("select from sessions where user_id = $1", [id]);
  expect(rows).toEqual([]);
});
