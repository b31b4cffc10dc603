import { demand } from "#kernel/access/access";
import type { Actor } from "#kernel/context";
import type { Transaction } from "#kernel/database/transaction";
import { BadUserInput, Conflict } from "#kernel/errors";
import { everyPermission, isBuiltIn, readPermissions } from "./held.ts";

/** Throws FORBIDDEN for the first of these that the actor does not hold. */
export function demandAll(actor: Actor, permissions: Iterable<string>): void {
  for (const permission of permissions) demand(actor, permission);
}

/** Throws BAD_USER_INPUT for a role that is not there, FORBIDDEN when it holds what the caller lacks. */
export async function refuseUngrantable(tx: Transaction, role: string): Promise<void> {
  await refuseUnknown(tx, role);
  demandAll(tx.actor, await readPermissions(tx, role));
}

/**
 * To be asked before anything of a user is changed by somebody else: who could change the address or the
 * password of one who may do more, could be them. Throws FORBIDDEN.
 */
export async function refuseOutranked(
  tx: Transaction,
  { userId, role }: { userId: string; role: string },
): Promise<void> {
  const [found] = await tx.sql<{ home: string | null }>("select platform_home($1) as home", [
    userId,
  ]);
  demandAll(tx.actor, found?.home ? everyPermission(tx.db) : await readPermissions(tx, role));
}

/**
 * To be asked before a user is given another role, or deleted (no `to`): nobody does so to who may do
 * more than they, or makes anybody more than they are, and one administrator stays. Whoever takes an
 * administrator away meanwhile waits until the transaction ends.
 * Throws BAD_USER_INPUT, FORBIDDEN, or CONFLICT for the last administrator.
 */
export async function refuseRoleChange(
  tx: Transaction,
  { userId, from, to }: { userId: string; from: string; to?: string },
): Promise<void> {
  if (from === to) return;
  await refuseOutranked(tx, { userId, role: from });
  if (to !== undefined) await refuseUngrantable(tx, to);
  if (from === "administrator") await refuseForTheLast(tx, userId);
}

async function refuseForTheLast(tx: Transaction, userId: string): Promise<void> {
  const administrators = await tx.sql<{ id: string }>(
    "select id from users where role = 'administrator' order by id for update",
  );
  if (administrators.some(({ id }) => id !== userId)) return;
  throw new Conflict("This is the last administrator: make somebody else one first.");
}

async function refuseUnknown(tx: Transaction, role: string): Promise<void> {
  if (isBuiltIn(role)) return;
  const found = await tx.sql("select from roles where slug = $1 for key share", [role]);
  if (found.length === 0) throw BadUserInput.at(["role"], "is not a role that there is");
}
