import { expect, test } from "vitest";
import { systemContext, type RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { users } from "#modules/accounts";
import { eventsOf, installation, log } from "#test/installation";
import { server } from "#test/server";
import { password } from "./a-site.ts";

const { aTenant, anEditor, db, owner } = await installation();
const client = await server();

interface User {
  id: string;
  revision: number;
}

/** Sends a mutation of the name with the input; resolves with the user, or the error's extensions. */
async function change(ctx: RequestContext, name: string, input: object) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const simple = name === "deleteUser" || name === "endUserSessions";
  const { data, errors } = await client.graphql<Record<string, User>>(
    ctx.tenant,
    `mutation ($input: ${simple ? "KeyInput" : type}!) { ${name}(input: $input) ${simple ? "" : "{ id revision email name role }"} }`,
    { input },
    await client.tokenFor(ctx),
  );
  return { user: data?.[name] as User, refused: errors?.[0]?.extensions };
}

const rows = async ({ tenant }: RequestContext) =>
  (
    await owner.query<{ row: string }>(
      "select to_jsonb(u)::text as row from users u where tenant_id = $1 order by id",
      [tenant.id],
    )
  ).rows;

test("an administrator creates, renames and deletes people; each change is an event", async () => {
  const ctx = await anEditor();
  const input = { email: "ann@example.com", name: "Ann", role: "editor", password };
  const { user } = await change(ctx, "createUser", input);
  expect(user).toMatchObject({
    email: "ann@example.com",
    name: "Ann",
    role: "editor",
    revision: 1,
  });
  const taken = await change(ctx, "createUser", { ...input, email: "ANN@example.com" });
  expect(taken.refused).toMatchObject({ code: "CONFLICT" });
  const renamed = await change(ctx, "updateUser", { id: user.id, name: "Anna", revision: 1 });
  expect(renamed.user).toMatchObject({ name: "Anna", revision: 2 });
  const stale = await change(ctx, "updateUser", { id: user.id, name: "Anne", revision: 1 });
  expect(stale.refused).toMatchObject({ code: "CONFLICT", expected: 1, actual: 2 });
  expect((await change(ctx, "deleteUser", { id: user.id })).refused).toBeUndefined();
  expect((await eventsOf(ctx)).map(({ type }) => type)).toEqual([
    "user.created",
    "user.updated",
    "user.deleted",
  ]);
});

test("all that is wrong with an input is said at once, and nothing is changed", async () => {
  const ctx = await anEditor();
  await client.tokenFor(ctx);
  const before = await rows(ctx);
  const { refused } = await change(ctx, "createUser", {
    email: "no address",
    name: " ",
    role: "editor",
    password: "short",
  });
  expect(refused?.["issues"]).toMatchObject([
    { path: ["email"] },
    { path: ["name"] },
    { path: ["password"] },
  ]);
  expect(await rows(ctx)).toEqual(before);
});

test("nobody makes, changes or deletes somebody who may do what they may not", async () => {
  const ctx = await anEditor();
  const poor: RequestContext = {
    ...(await anEditor(ctx.tenant)),
    actor: {
      kind: "user",
      userId: "00000000-0000-4000-8000-000000000001",
      sessionId: "00000000-0000-4000-8000-000000000002",
      permissions: new Set(["accounts:write", "accounts:read-email"]),
    },
  };
  const input = { email: "ann@example.com", name: "Ann", password };
  const { user: boss } = await change(ctx, "createUser", { ...input, role: "administrator" });
  await client.tokenFor(poor);
  const before = await rows(ctx);
  const made = await change(poor, "createUser", {
    ...input,
    email: "b@example.com",
    role: "administrator",
  });
  expect(made.refused).toMatchObject({ code: "FORBIDDEN" });
  for (const name of ["deleteUser", "endUserSessions"]) {
    expect((await change(poor, name, { id: boss.id })).refused, name).toMatchObject({
      code: "FORBIDDEN",
    });
  }
  const renamed = await change(poor, "updateUser", { id: boss.id, name: "Nobody" });
  expect(renamed.refused).toMatchObject({ code: "FORBIDDEN" });
  expect(await rows(ctx)).toEqual(before);
  const customer = await change(poor, "createUser", {
    ...input,
    email: "c@example.com",
    role: "customer",
  });
  expect(customer.refused).toBeUndefined();
  const raised = await change(poor, "updateUser", { id: customer.user.id, role: "editor" });
  expect(raised.refused).toMatchObject({ code: "FORBIDDEN" });
});

test("somebody who may do everything is always left, also when the last two leave at once", async () => {
  const tenant = await aTenant();
  const ctx = systemContext(db, tenant, log);
  const add = (email: string) =>
    users.create(ctx, { email, name: "Ann", role: "administrator", password });
  const [one, two] = [await add("ann@example.com"), await add("bob@example.com")];
  let other: Promise<unknown> = Promise.resolve();
  await inTransaction(ctx, async (tx) => {
    await users.update(tx, { id: one.id, role: "editor" });
    other = users.update(ctx, { id: two.id, role: "editor" }).catch((error: unknown) => error);
    // The first is not over before the second has looked, or waits to.
    await Promise.race([other, somebodyWaits()]);
  });
  expect(await other).toMatchObject({ code: "CONFLICT" });
  await expect(users.remove(ctx, { id: two.id })).rejects.toMatchObject({ code: "CONFLICT" });
  const { rows: left } = await owner.query<{ id: string }>(
    "select id from users where tenant_id = $1 and role = 'administrator'",
    [tenant.id],
  );
  expect(left).toEqual([{ id: two.id }]);
});

const somebodyWaits = () =>
  expect
    .poll(async () => (await owner.query("select from pg_locks where not granted")).rowCount, {
      interval: 10,
      timeout: 20_000,
    })
    .toBeGreaterThan(0);

test("people are listed, sorted and found", async () => {
  const ctx = await anEditor();
  for (const name of ["Cid", "Ann", "Bob"]) {
    const input = { email: `${name}@example.com`, name, role: "editor", password };
    await change(ctx, "createUser", input);
  }
  const token = await client.tokenFor(ctx);
  const ask = (args: string) =>
    client
      .graphql<{ users: { totalCount: number; edges: { node: { name: string } }[] } }>(
        ctx.tenant,
        `{ users${args} { totalCount edges { node { name } } } }`,
        {},
        token,
      )
      .then(({ data }) => data.users.edges.map(({ node }) => node.name));
  expect(await ask('(filter: { role: "editor" })')).toEqual(["Ann", "Bob", "Cid"]);
  expect(await ask('(sort: NEWEST, filter: { role: "editor" }, first: 2)')).toEqual(["Bob", "Ann"]);
  expect(await ask('(filter: { email: { contains: "CID@" } })')).toEqual(["Cid"]);
});
