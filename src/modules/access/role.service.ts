import { Role } from "#entities/access/role";
import { isOfPlatform } from "#kernel/access/permissions";
import { change, lock } from "#kernel/aggregates/aggregate";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { BadUserInput, Conflict, type InputIssue } from "#kernel/errors";
import { record } from "#kernel/events/event";
import type { Key } from "#kernel/graphql/key.input";
import { newId } from "#kernel/ids";
import { RoleCreated, RoleDeleted, RoleUpdated } from "./events.ts";
import { demandAll } from "./grant.ts";
import { everyPermission, forgetRoles } from "./held.ts";
import type { CreateRole, UpdateRole } from "./role.input.ts";

/**
 * Throws CONFLICT for a taken slug, BAD_USER_INPUT for permissions that nobody declares, FORBIDDEN for
 * those that the caller lacks: nobody grants what they do not hold.
 */
export function create(ctx: RequestContext, { permissions, ...given }: CreateRole): Promise<Role> {
  return seenAtOnce(ctx, async (tx) => {
    const role = tx.em.create(Role, {
      ...given,
      permissions: grantable(tx, permissions),
      id: newId(),
      tenantId: tx.tenant.id,
      createdAt: tx.now,
      updatedAt: tx.now,
    });
    announce(tx, role, RoleCreated);
    return role;
  });
}

/**
 * Changes what is given. Throws as {@link create} does, NOT_FOUND, CONFLICT for a stale revision, and
 * FORBIDDEN for a role that holds what the caller lacks.
 */
export function update(
  ctx: RequestContext,
  { id, revision, permissions, ...given }: UpdateRole,
): Promise<Role> {
  return seenAtOnce(ctx, async (tx) => {
    const role = await lock(tx, Role, id, revision);
    demandAll(tx.actor, declared(tx, role));
    change(tx, role, { ...given, permissions: permissions && grantable(tx, permissions) });
    announce(tx, role, RoleUpdated);
    return role;
  });
}

/** Throws NOT_FOUND, FORBIDDEN as {@link update} does, or CONFLICT for a stale revision or while somebody has it. */
export function remove(ctx: RequestContext, { id, revision }: Key): Promise<void> {
  return seenAtOnce(ctx, async (tx) => {
    const role = await lock(tx, Role, id, revision);
    demandAll(tx.actor, declared(tx, role));
    await refuseWhileUsed(tx, role);
    role.revision += 1;
    tx.em.remove(role);
    announce(tx, role, RoleDeleted);
  });
}

/** The key of the users' table has the last word, should somebody be given the role meanwhile. */
async function refuseWhileUsed(tx: Transaction, { slug }: Role): Promise<void> {
  const [{ users } = { users: 0 }] = await tx.sql<{ users: number }>(
    "select count(*)::int as users from users where role = $1",
    [slug],
  );
  if (users > 0) {
    throw new Conflict(`The role "${slug}" is had by ${users} of the users: give them another.`, {
      users,
    });
  }
}

/** What the role holds that a module still declares: what nobody declares nobody can hold. */
function declared(tx: Transaction, { permissions }: Role): string[] {
  const known = everyPermission(tx.db);
  return permissions.filter((name) => known.has(name));
}

function grantable(tx: Transaction, permissions: string[]): string[] {
  const known = everyPermission(tx.db);
  const issues = permissions.flatMap((name, index): InputIssue[] => {
    const path = ["permissions", index];
    if (!known.has(name)) return [{ path, message: "is not a permission that there is" }];
    return isOfPlatform(name) ? [{ path, message: "is none that a role can hold" }] : [];
  });
  if (issues.length > 0) throw new BadUserInput(issues);
  demandAll(tx.actor, permissions);
  return permissions.toSorted();
}

async function seenAtOnce<Result>(
  ctx: RequestContext,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const result = await inTransaction(ctx, work);
  forgetRoles(ctx);
  return result;
}

function announce(tx: Transaction, role: Role, event: typeof RoleUpdated): void {
  record(tx, event, role, { roleId: role.id, revision: role.revision });
}
