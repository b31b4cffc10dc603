import { expect, test } from "vitest";
import { systemContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { BadUserInput, Conflict, Forbidden } from "#kernel/errors";
import { newId } from "#kernel/ids";
import { permissionsOfUser, refuseRoleChange, roles } from "#modules/access";
import { users } from "#modules/accounts";
import { eventsOf, installation, log, registry } from "#test/installation";
import { edit, limited, refusal } from "../search/an-editor.ts";
import { aUser } from "./people.ts";

const { aTenant, anEditor, db, owner } = await installation();

const create = `mutation ($input: CreateRoleInput!) { role: createRole(input: $input) { id revision slug permissions } }`;
const update = `mutation ($input: UpdateRoleInput!) { role: updateRole(input: $input) { id revision slug permissions } }`;
const remove = `mutation ($input: KeyInput!) { deleteRole(input: $input) }`;
const proofreader = { slug: "proofreader", name: "Proofreader", permissions: ["content:read"] };
interface Made {
  role: { id: string; revision: number };
}

test("a tenant's role is made of known permissions, and gives them to who has it", async () => {
  const administrator = await anEditor();
  const { role } = await edit<Made>(administrator, create, { input: proofreader });
  const reader = await aUser(administrator.tenant, "proofreader");
  expect([
    ...(await permissionsOfUser(reader, { userId: reader.actor.userId, role: "proofreader" })),
  ]).toEqual(["content:read"]);

  // Heeded at once in the process that made the change.
  const permissions = ["taxonomy:read", "content:read"];
  await edit(administrator, update, { input: { id: role.id, permissions } });
  const held = await permissionsOfUser(reader, {
    userId: reader.actor.userId,
    role: "proofreader",
  });
  expect([...held]).toEqual(["content:read", "taxonomy:read"]);
  expect((await eventsOf(administrator)).map(({ type }) => type)).toEqual([
    "role.created",
    "user.created",
    "role.updated",
  ]);
});

test("what another process did to a role is heeded within two seconds", async () => {
  const administrator = await anEditor();
  await roles.create(administrator, proofreader);
  const held = async () => {
    const user = { userId: newId(), role: "proofreader" };
    return [...(await permissionsOfUser(administrator, user))];
  };
  expect(await held()).toEqual(["content:read"]);
  await owner.query("update roles set permissions = '{}' where tenant_id = $1", [
    administrator.tenant.id,
  ]);
  await expect.poll(held, { timeout: 3_000 }).toEqual([]);
});

test("every fault of a role is told, and nothing is written", async () => {
  const administrator = await anEditor();
  const input = { slug: "editor", name: " ", permissions: ["content:read", "content:read"] };
  expect(await refusal(administrator, create, { input })).toEqual({
    code: "BAD_USER_INPUT",
    issues: ["slug", "name", "permissions.1"],
  });
  const unknown = { ...proofreader, permissions: ["content:read", "content:burn"] };
  expect(await refusal(administrator, create, { input: unknown })).toEqual({
    code: "BAD_USER_INPUT",
    issues: ["permissions.1"],
  });
  expect(await eventsOf(administrator)).toEqual([]);
});

test("nobody grants what they do not hold, nor takes it away", async () => {
  const administrator = await anEditor();
  const limitedOne = limited(administrator, "roles:read", "roles:write", "content:read");
  const bold = { ...proofreader, permissions: ["content:read", "content:write"] };
  expect((await refusal(limitedOne, create, { input: bold })).code).toBe("FORBIDDEN");
  const { role } = await edit<Made>(administrator, create, { input: bold });
  const weaker = { id: role.id, permissions: ["content:read"] };
  expect((await refusal(limitedOne, update, { input: weaker })).code).toBe("FORBIDDEN");
  expect((await refusal(limitedOne, remove, { input: { id: role.id } })).code).toBe("FORBIDDEN");
  expect(await eventsOf(administrator)).toHaveLength(1);

  const user = { email: "a@b.example", name: "A", password: "a long enough password" };
  await expect(users.create(limitedOne, { ...user, role: "proofreader" })).rejects.toThrow(
    Forbidden,
  );
  await expect(users.create(limitedOne, { ...user, role: "administrator" })).rejects.toThrow(
    Forbidden,
  );
  await expect(users.create(limitedOne, { ...user, role: "gone" })).rejects.toThrow(BadUserInput);
  const { rows } = await owner.query("select from users where tenant_id = $1 and email = $2", [
    limitedOne.tenant.id,
    user.email,
  ]);
  expect(rows).toEqual([]);
});

test("a permission that nobody declares any more keeps nobody from changing or deleting a role", async () => {
  const administrator = await anEditor();
  const { role } = await edit<Made>(administrator, create, { input: proofreader });
  await owner.query("update roles set permissions = '{content:read,gone:read}' where id = $1", [
    role.id,
  ]);
  const input = { id: role.id, name: "Reader" };
  const without = limited(administrator, "roles:write");
  expect((await refusal(without, update, { input })).code).toBe("FORBIDDEN");
  expect((await refusal(without, remove, { input: { id: role.id } })).code).toBe("FORBIDDEN");
  expect(await edit(administrator, update, { input })).toMatchObject({ role: { revision: 2 } });
  expect(await edit(administrator, remove, { input: { id: role.id } })).toEqual({
    deleteRole: true,
  });
});

test("a role that somebody has cannot be deleted, not even behind the server's back", async () => {
  const administrator = await anEditor();
  const { role } = await edit<Made>(administrator, create, { input: proofreader });
  await aUser(administrator.tenant, "proofreader");
  await expect(roles.remove(administrator, { id: role.id })).rejects.toThrow(
    new Conflict('The role "proofreader" is had by 1 of the users: give them another.', {
      users: 1,
    }),
  );
  await expect(owner.query("delete from roles where id = $1", [role.id])).rejects.toThrow(
    "users_role_fkey",
  );
  await owner.query("delete from users where tenant_id = $1", [administrator.tenant.id]);
  expect(await edit(administrator, remove, { input: { id: role.id } })).toEqual({
    deleteRole: true,
  });
});

test("a role is its tenant's: another's is none", async () => {
  const one = await anEditor();
  const { role } = await edit<Made>(one, create, { input: proofreader });
  const other = await anEditor();
  expect((await refusal(other, update, { input: { id: role.id, name: "Mine" } })).code).toBe(
    "NOT_FOUND",
  );
  await expect(aUser(other.tenant, "proofreader")).rejects.toThrow(BadUserInput);
  const user = { userId: newId(), role: "proofreader" };
  expect([...(await permissionsOfUser(other, user))]).toEqual([]);
  // The key between the tables says the same where the service was forgotten.
  await expect(
    owner.query(
      `insert into users (id, tenant_id, email, name, role, password_hash) values ($1, $2, 'x@y.example', 'X', 'proofreader', '')`,
      [newId(), other.tenant.id],
    ),
  ).rejects.toThrow("users_role_fkey");
});

test("the last administrator stays, also when two go at once", async () => {
  const tenant = await aTenant();
  const one = await aUser(tenant, "administrator", "one@people.example");
  const other = await aUser(tenant, "administrator", "other@people.example");
  const demote = ({ actor: { userId } }: typeof one, beforeCommit = async () => {}) =>
    inTransaction(systemContext(db, tenant, log), async (tx) => {
      await refuseRoleChange(tx, { userId, from: "administrator", to: "editor" });
      await tx.sql("update users set role = 'editor' where id = $1", [userId]);
      await beforeCommit();
    });
  const written = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const first = demote(one, () => {
    written.resolve();
    return goOn.promise;
  });
  await written.promise;
  let ended = false;
  const second = demote(other).finally(() => (ended = true));
  const outcomes = Promise.allSettled([first, second]);
  const waits = async () => {
    const { rowCount } = await owner.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return ended || rowCount === 1;
  };
  await expect.poll(waits, { timeout: 10_000 }).toBe(true);
  goOn.resolve();
  expect(await outcomes).toMatchObject([
    { status: "fulfilled" },
    { status: "rejected", reason: { code: "CONFLICT" } },
  ]);
  const { rows } = await owner.query(
    "select from users where tenant_id = $1 and role = 'administrator'",
    [tenant.id],
  );
  expect(rows).toHaveLength(1);
});

test("who may do less neither demotes nor deletes who may do more", async () => {
  const tenant = await aTenant();
  const administrator = await aUser(tenant, "administrator");
  await aUser(tenant, "administrator", "spare@people.example");
  const manager = await aUser(tenant, "manager");
  const { userId } = administrator.actor;
  const attempt = (to?: string) =>
    inTransaction(manager, (tx) =>
      refuseRoleChange(tx, { userId, from: "administrator", ...(to && { to }) }),
    );
  await expect(attempt("editor")).rejects.toThrow(Forbidden);
  await expect(attempt()).rejects.toThrow(Forbidden);
  const promote = inTransaction(manager, (tx) =>
    refuseRoleChange(tx, { userId: manager.actor.userId, from: "manager", to: "administrator" }),
  );
  await expect(promote).rejects.toThrow(Forbidden);
});

test("the built-in roles and all permissions of tenants can be looked up", async () => {
  const administrator = await anEditor();
  const { roles: known, permissions } = await edit<{
    roles: { slug: string; permissions: string[] }[];
    permissions: { name: string }[];
  }>(administrator, "{ roles { slug permissions } permissions { name description } }");
  const names = permissions.map(({ name }) => name);
  expect(names).toEqual(
    registry.permissions.filter((name) => !name.startsWith("platform:")).toSorted(),
  );
  expect(known.map(({ slug }) => slug)).toEqual(["administrator", "manager", "editor", "customer"]);
  expect(known[0]?.permissions).toEqual(names);
  expect(known[3]?.permissions).toEqual([]);
});
