import { expect, test } from "vitest";
import type { Tenant } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { Forbidden } from "#kernel/errors";
import { refuseOutranked, refuseRoleChange } from "#modules/access";
import { installation } from "#test/installation";
import { server } from "#test/server";
import { grantPlatform, revokePlatform } from "../../src/commands/platform-grant.ts";
import { aUser } from "../modules/access/people.ts";

const { aTenant, db, owner } = await installation();
const client = await server();
const asOwner = { ownerUrl: db.url };

const read = "{ adminTags { totalCount } }";
const codeIn = async (tenant: Tenant, token: string) => {
  const { errors } = await client.graphql(tenant, read, {}, token);
  return errors?.[0]?.extensions["code"];
};

test("a super administrator may do everything in every tenant that is named, until revoked", async () => {
  const home = await aTenant();
  const elsewhere = await aTenant();
  const user = await aUser(home, "customer");
  const email = "customer@people.example";
  // Of a token that holds nothing: what a super administrator may do does not come from it.
  const token = await client.tokenFor(user);
  expect(await codeIn(home, token)).toBe("FORBIDDEN");
  expect(await codeIn(elsewhere, token)).toBe("UNAUTHENTICATED");

  await grantPlatform(asOwner, user, email);
  await grantPlatform(asOwner, user, email);
  await expect.poll(() => codeIn(elsewhere, token), { timeout: 3_000 }).toBeUndefined();
  expect(await codeIn(home, token)).toBeUndefined();

  await revokePlatform(asOwner, user, email);
  await expect.poll(() => codeIn(elsewhere, token), { timeout: 3_000 }).toBe("UNAUTHENTICATED");
  expect(await codeIn(home, token)).toBe("FORBIDDEN");
  const { rows } = await owner.query(
    "select action, actor_kind from audit_log where subject_id = $1 order by id",
    [user.actor.userId],
  );
  expect(rows).toEqual([
    { action: "platform.granted", actor_kind: "system" },
    { action: "platform.revoked", actor_kind: "system" },
  ]);
});

test("an administrator at home cannot get at a super administrator's account", async () => {
  const home = await aTenant();
  const administrator = await aUser(home, "administrator");
  const user = await aUser(home, "editor");
  const { userId } = user.actor;
  const attempt = () =>
    inTransaction(administrator, async (tx) => {
      await refuseOutranked(tx, { userId, role: "editor" });
      await refuseRoleChange(tx, { userId, from: "editor", to: "customer" });
    });
  await attempt();
  await grantPlatform(asOwner, user, "editor@people.example");
  await expect(attempt()).rejects.toThrow(Forbidden);
});

test("nobody who is not there becomes one, and no server makes one", async () => {
  const user = await aUser(await aTenant(), "administrator");
  await expect(grantPlatform(asOwner, user, "nobody@people.example")).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  for (const sql of [
    "select * from platform_administrators",
    "insert into platform_administrators (home_tenant_id, user_id) values ($1, $2)",
  ]) {
    const values = sql.includes("$1") ? [user.tenant.id, user.actor.userId] : [];
    await expect(db.pool.query(sql, values), sql).rejects.toThrow("permission denied");
  }
});
