import { User } from "#entities/accounts/user";
import { personOf } from "#kernel/access/access";
import { change, lock } from "#kernel/aggregates/aggregate";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { BadUserInput, NotFound, Unauthenticated } from "#kernel/errors";
import { record } from "#kernel/events/event";
import { sendsMails } from "#kernel/mail/mailer";
import { UserPasswordChanged } from "../events.ts";
import {
  confirmWithPassword,
  dropRequests,
  limitMails,
  notGood,
  refuseWithoutMail,
  requestMail,
} from "../requests/request.service.ts";
import { endOfUser } from "../sessions/session.service.ts";
import { authenticate, holdPassword } from "../sessions/sign-in.ts";
import { setupOf } from "../setup.ts";
import { byEmail } from "../users/user.service.ts";

/** The caller, who has shown their password again. Throws BAD_USER_INPUT for a wrong one, NOT_FOUND, RATE_LIMITED. */
export async function proven(ctx: RequestContext, password: string): Promise<User> {
  const { userId } = personOf(ctx);
  const user = await inTransaction(ctx, ({ em }) => em.findOne(User, { id: userId }));
  if (!user) throw new NotFound("user", userId);
  return asInput(authenticate(ctx, user.email, password));
}

/** To be asked in the transaction that needs the proof. Throws BAD_USER_INPUT for a password that was replaced since. */
export const stillProven = (tx: Transaction, user: User): Promise<void> =>
  asInput(holdPassword(tx, user));

/** They are signed in, so a wrong password is no reason to send them to sign in. */
async function asInput<Result>(proof: Promise<Result>): Promise<Result> {
  try {
    return await proof;
  } catch (error) {
    if (error instanceof Unauthenticated) throw wrongPassword();
    throw error;
  }
}

const wrongPassword = () => BadUserInput.at(["password"], "is wrong");

/** The caller's own; wherever else they are signed in, they are no more. Throws as `proven` does. */
export async function changeOwn(
  ctx: RequestContext,
  given: { password: string; newPassword: string },
): Promise<void> {
  const { sessionId } = personOf(ctx);
  const { id, passwordHash: shown } = await proven(ctx, given.password);
  const passwordHash = await setupOf(ctx).passwords.hash(given.newPassword);
  await inTransaction(ctx, async (tx) => {
    const user = await lock(tx, User, id);
    if (user.passwordHash !== shown) throw wrongPassword();
    await set(tx, user, passwordHash, { keep: sessionId });
  });
}

/** Has a mail sent if there is an account. The answer is the same, and as fast, when there is none. */
export async function requestReset(
  ctx: RequestContext,
  { email, locale }: { email: string; locale?: string | null | undefined },
): Promise<void> {
  refuseWithoutMail(ctx);
  await limitMails(ctx, email);
  await inTransaction(ctx, (tx) => requestMail(tx, { purpose: "password-reset", email, locale }));
}

/**
 * Sets the password of whoever the mail went to, which shows that the address is theirs; wherever they
 * are signed in, they are no more. Throws BAD_USER_INPUT for a token that is not good.
 */
export function reset(
  ctx: RequestContext,
  given: { token: string; password: string },
): Promise<void> {
  const among = ["password-reset", "invitation"] as const;
  return confirmWithPassword(ctx, given, among, async (tx, { email }, passwordHash) => {
    const found = await byEmail(tx, email);
    if (!found) throw notGood();
    const user = await lock(tx, User, found.id);
    user.emailVerifiedAt = tx.now;
    await set(tx, user, passwordHash, { keep: null });
  });
}

async function set(
  tx: Transaction,
  user: User,
  passwordHash: string,
  { keep }: { keep: string | null },
): Promise<void> {
  const { id: userId, email } = user;
  const first = !user.passwordHash;
  change(tx, user, { passwordHash });
  record(tx, UserPasswordChanged, user, { userId, revision: user.revision });
  await endOfUser(tx, userId, "password", keep);
  await dropRequests(tx, userId, email);
  if (!first && sendsMails(tx.db)) {
    await requestMail(tx, { purpose: "password-changed", email, userId });
  }
}
