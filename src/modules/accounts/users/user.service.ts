import { User } from "#entities/accounts/user";
import { bury, change, lock } from "#kernel/aggregates/aggregate";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { record } from "#kernel/events/event";
import type { Key } from "#kernel/graphql/key.input";
import { newId } from "#kernel/ids";
import { refuseOutranked, refuseRoleChange, refuseUngrantable } from "#modules/access";
import { UserCreated, UserDeleted, UserUpdated } from "../events.ts";
import { refuseWithoutMail, requestMail } from "../requests/request.service.ts";
import { forgetActors } from "../sessions/actors.ts";
import { endOfUser } from "../sessions/session.service.ts";
import { setupOf } from "../setup.ts";
import type { CreateUser, UpdateUser } from "./user.input.ts";

/**
 * With a password, or with an invitation to choose one. Throws CONFLICT when the address is taken, FORBIDDEN
 * for a role that may do what the caller may not, NOT_CONFIGURED for an invitation where no mails are sent.
 */
export async function create(
  ctx: RequestContext,
  { password, ...fields }: CreateUser,
): Promise<User> {
  await inTransaction(ctx, (tx) => refuseUngrantable(tx, fields.role));
  if (!password) refuseWithoutMail(ctx);
  const passwordHash = password ? await setupOf(ctx).passwords.hash(password) : null;
  return inTransaction(ctx, async (tx) => {
    const user = add(tx, { ...fields, passwordHash });
    if (!password) {
      await requestMail(tx, { purpose: "invitation", email: user.email, userId: user.id });
    }
    return user;
  });
}

/** Puts somebody on record: whoever calls has made sure that they may have an account. */
export function add(
  tx: Transaction,
  fields: Pick<User, "email" | "name" | "role"> &
    Partial<Pick<User, "passwordHash" | "emailVerifiedAt">>,
): User {
  const user = tx.em.create(User, {
    ...fields,
    id: newId(),
    tenantId: tx.tenant.id,
    createdAt: tx.now,
    updatedAt: tx.now,
  });
  record(tx, UserCreated, user, { userId: user.id, revision: user.revision });
  return user;
}

/**
 * Throws NOT_FOUND, CONFLICT for a stale revision or when nobody would be left who may do everything,
 * FORBIDDEN where the caller may not do what the user may, now or then.
 */
export async function update(
  ctx: RequestContext,
  { id, revision, ...fields }: UpdateUser,
): Promise<User> {
  const updated = await inTransaction(ctx, async (tx) => {
    const user = await lockBelow(tx, id, revision);
    if (fields.role) {
      await refuseRoleChange(tx, { userId: id, from: user.role, to: fields.role });
    }
    change(tx, user, fields);
    record(tx, UserUpdated, user, { userId: user.id, revision: user.revision });
    return user;
  });
  forgetActors(ctx);
  return updated;
}

/** Ends their sessions, too. Throws as `update` does. */
export function remove(ctx: RequestContext, { id, revision }: Key): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const user = await lockBelow(tx, id, revision);
    await refuseRoleChange(tx, { userId: user.id, from: user.role });
    await endOfUser(tx, user.id, "administrator");
    await bury(tx, "user", user);
    record(tx, UserDeleted, user, { userId: user.id, revision: user.revision });
  });
}

/** Signs the user out everywhere; resolves with how many sessions that were. Throws as `update` does. */
export function signOutEverywhere(ctx: RequestContext, { id, revision }: Key): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const user = await lockBelow(tx, id, revision);
    return endOfUser(tx, user.id, "administrator");
  });
}

/** Whether the tenant has anybody who could sign in. */
export function exist(ctx: RequestContext): Promise<boolean> {
  return inTransaction(ctx, async ({ em }) => (await em.count(User)) > 0);
}

/** By their address, however it is written. */
export async function byEmail(tx: Transaction, email: string): Promise<User | null> {
  const [found] = await tx.sql<{ id: string }>(
    "select id from users where tenant_id = $1 and lower(email) = lower($2)",
    [tx.tenant.id, email],
  );
  return found ? tx.em.findOne(User, { id: found.id }) : null;
}

/** The user, locked, if the caller may do all that they may: nobody changes those above them. */
export async function lockBelow(
  tx: Transaction,
  id: string,
  revision?: number | null,
): Promise<User> {
  const user = await lock(tx, User, id, revision);
  await refuseOutranked(tx, { userId: user.id, role: user.role });
  return user;
}
