import { systemContext, type RequestContext, type Tenant } from "#kernel/context";
import { newId } from "#kernel/ids";
import { users } from "#modules/accounts";
import { permissionsOfUser } from "#modules/access";
import { installation, log } from "#test/installation";

const { db } = await installation();

/** Somebody who is on record as a user of the tenant with this role, and holds what it gives. */
export async function aUser(
  tenant: Tenant,
  role: string,
  email = `${role}@people.example`,
): Promise<RequestContext & { actor: { kind: "user"; userId: string; sessionId: string } }> {
  const ctx = systemContext(db, tenant, log);
  const password = "a long enough password";
  const { id: userId } = await users.create(ctx, { email, name: `A ${role}`, role, password });
  const permissions = await permissionsOfUser(ctx, { userId, role });
  return { ...ctx, actor: { kind: "user", userId, sessionId: newId(), permissions } };
}
