import { User } from "#entities/accounts/user";
import { personOf } from "#kernel/access/access";
import { change, lock } from "#kernel/aggregates/aggregate";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { BadUserInput, NotFound } from "#kernel/errors";
import { record } from "#kernel/events/event";
import { UserEmailChanged } from "../events.ts";
import { proven, stillProven } from "../passwords/password.service.ts";
import {
  confirm,
  dropRequests,
  limitMails,
  notGood,
  refuseWithoutMail,
  requestMail,
} from "../requests/request.service.ts";

/** The caller's own account. Throws NOT_FOUND where the tenant has none of theirs. */
export async function own(ctx: RequestContext): Promise<User> {
  const { userId } = personOf(ctx);
  const found = await inTransaction(ctx, ({ em }) => em.findOne(User, { id: userId }));
  if (!found) throw new NotFound("user", userId);
  return found;
}

/** Has a mail sent to the caller's address, by which they show that it is theirs. */
export async function requestVerification(ctx: RequestContext): Promise<void> {
  refuseWithoutMail(ctx);
  const { id: userId, email } = await own(ctx);
  await limitMails(ctx, email);
  await inTransaction(ctx, (tx) => requestMail(tx, { purpose: "verification", email, userId }));
}

/**
 * Has a mail sent to the new address; nothing changes before it is confirmed there. Whether the address has
 * an account already, only its owner learns. Throws BAD_USER_INPUT for a wrong password.
 */
export async function requestEmailChange(
  ctx: RequestContext,
  { email, password }: { email: string; password: string },
): Promise<void> {
  refuseWithoutMail(ctx);
  const user = await proven(ctx, password);
  if (user.email === email) throw BadUserInput.at(["email"], "is the address there is");
  await limitMails(ctx, email);
  await inTransaction(ctx, async (tx) => {
    await stillProven(tx, user);
    await requestMail(tx, { purpose: "email-change", email, userId: user.id });
  });
}

/**
 * Confirms an address, the present one or a new one; the old one is told of it. Throws BAD_USER_INPUT for
 * a token that is not good, CONFLICT when the address has been taken meanwhile.
 */
export function confirmEmail(ctx: RequestContext, token: string): Promise<void> {
  return confirm(ctx, token, ["verification", "email-change"], async (tx, request) => {
    const { userId, email, purpose } = request;
    if (!userId) throw notGood();
    const user = await lock(tx, User, userId);
    const { email: former } = user;
    if (purpose === "verification" && former !== email) throw notGood();
    change(tx, user, { email, emailVerifiedAt: tx.now });
    record(tx, UserEmailChanged, user, { userId, revision: user.revision });
    if (former === email) return;
    await dropRequests(tx, userId, former);
    await requestMail(tx, { purpose: "email-changed", email: former, userId });
  });
}
