import { hash, verify } from "@node-rs/argon2";
import { z } from "zod";
import { roles, User, type Role } from "#entities/accounts/user";
import type { RequestContext } from "#kernel/context";
import { Unauthenticated } from "#kernel/errors";
import { label, text } from "#kernel/fields";
import { newId } from "#kernel/ids";
import { inTransaction } from "#kernel/transaction";

export const createUser = z.object({
  email: z.email().max(254),
  name: label(255),
  role: z.enum(roles),
  password: text(1_000).refine((value) => value.length >= 12, "must have at least 12 characters"),
});

/** Throws CONFLICT when the address is taken. */
export async function create(
  ctx: RequestContext,
  { password, ...fields }: z.output<typeof createUser>,
): Promise<User> {
  const passwordHash = await hash(password);
  return inTransaction(ctx, async (tx) =>
    tx.em.create(User, {
      ...fields,
      passwordHash,
      id: newId(),
      tenantId: tx.tenant.id,
      createdAt: tx.now,
    }),
  );
}

/** Whether the tenant has anybody who could sign in. */
export function exist(ctx: RequestContext): Promise<boolean> {
  return inTransaction(ctx, async ({ em }) => (await em.count(User)) > 0);
}

/** Spent on unknown addresses, so that the time an answer takes does not tell which ones exist. */
const nobody = hash("no password matches this");

/** Throws {@link Unauthenticated}, the same way for an unknown address and a wrong password. */
export async function authenticate(
  ctx: RequestContext,
  email: string,
  password: string,
): Promise<User> {
  const user = await inTransaction(ctx, async (tx) => {
    const [found] = await tx.sql<{ id: string }>(
      "select id from users where lower(email) = lower($1)",
      [email],
    );
    return found ? tx.em.findOne(User, { id: found.id }) : null;
  });
  const matches = await verify(user?.passwordHash ?? (await nobody), password);
  if (!user || !matches) throw new Unauthenticated("The e-mail address or the password is wrong.");
  return user;
}

/** What a role may do, of all the permissions that modules declare. */
export function permissionsOf(role: Role, declared: string[]): string[] {
  const own = declared.filter((permission) => !permission.startsWith("platform:"));
  return role === "administrator" ? own : own.filter((one) => !/^(accounts|tenant):/.test(one));
}
