import { randomBytes } from "node:crypto";
import { User } from "#entities/accounts/user";
import { change, lock } from "#kernel/aggregates/aggregate";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { NotFound } from "#kernel/errors";
import { record } from "#kernel/events/event";
import { UserPasswordChanged } from "../events.ts";
import { dropRequests } from "../requests/request.service.ts";
import { turnOff } from "../second-factor/second-factor.service.ts";
import { endOfUser } from "../sessions/session.service.ts";
import { setupOf } from "../setup.ts";
import { byEmail } from "./user.service.ts";

/**
 * For the operator, where neither a mail nor an administrator can help: resolves with a new password. The
 * second factor is off, and whoever was signed in is not, and what mails were to confirm is void. Throws NOT_FOUND.
 */
export async function rescue(ctx: RequestContext, email: string): Promise<string> {
  const password = randomBytes(12).toString("base64url");
  const passwordHash = await setupOf(ctx).passwords.hash(password);
  await inTransaction(ctx, async (tx) => {
    const found = await byEmail(tx, email);
    if (!found) throw new NotFound("user", email);
    const user = await lock(tx, User, found.id);
    change(tx, user, { passwordHash });
    record(tx, UserPasswordChanged, user, { userId: user.id, revision: user.revision });
    await turnOff(tx, user.id);
    await endOfUser(tx, user.id, "administrator");
    await dropRequests(tx, user.id, user.email);
  });
  return password;
}
