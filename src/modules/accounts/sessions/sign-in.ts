import { User } from "#entities/accounts/user";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { DomainError, Unauthenticated } from "#kernel/errors";
import { networkOf } from "#kernel/security/network";
import type { Counted } from "#kernel/security/throttle";
import { fromAddress, limits, ofTenant } from "../limits.ts";
import { isOn, takeCode } from "../second-factor/second-factor.service.ts";
import { setupOf } from "../setup.ts";
import { type SignedIn, start, tokensOf } from "./session.service.ts";

/** What somebody signs in with. */
export interface Credentials {
  email: string;
  password: string;
  /** Of the second factor, or a recovery code. */
  code?: string | null | undefined;
}

/** The password is right; now the second factor is to be shown, too. */
export class SecondFactorRequired extends DomainError {
  constructor() {
    super({
      code: "UNAUTHENTICATED",
      status: 401,
      message: "Send a code of the second factor, too.",
      details: { reason: "SECOND_FACTOR_REQUIRED" },
    });
  }
}

/**
 * Throws {@link Unauthenticated}, the same way and after the same time for an unknown address and a wrong
 * password; {@link SecondFactorRequired}; RATE_LIMITED for who tries too often, and when too many wait.
 */
export function signIn(ctx: RequestContext, credentials: Credentials): Promise<SignedIn> {
  return setupOf(ctx).passwords.signIns(() => signInNow(ctx, credentials));
}

async function signInNow(
  ctx: RequestContext,
  { email, password, code }: Credentials,
): Promise<SignedIn> {
  const user = await authenticate(ctx, email, password);
  if (await isOn(ctx, user.id)) {
    if (!code) throw new SecondFactorRequired();
    await takeCode(ctx, user.id, code);
  }
  const session = await inTransaction(ctx, async (tx) => {
    await holdPassword(tx, user);
    return start(tx, user, "password");
  });
  return tokensOf(ctx, session);
}

/** Whose address and password these are, with the hash that it was checked by. Throws as `signIn` does. */
export async function authenticate(
  ctx: RequestContext,
  email: string,
  password: string,
): Promise<User> {
  const own = ofAccount(ctx, email);
  const address = fromAddress(ctx, limits.address);
  const { throttle, passwords } = setupOf(ctx);
  await throttle.take(...own, ...address);
  // One statement whether there is an account or not: a second one could be seen by a clock.
  const [found] = await inTransaction(ctx, (tx) =>
    tx.sql<Pick<User, "id" | "passwordHash">>(
      `select id, password_hash as "passwordHash" from users
       where tenant_id = $1 and lower(email) = lower($2)`,
      [ctx.tenant.id, email],
    ),
  );
  const matches = await passwords.matches(found?.passwordHash, password);
  if (!found || !matches) throw wrong();
  await throttle.giveBack(...own, ...address);
  const user = await inTransaction(ctx, ({ em }) => em.findOne(User, { ...found }));
  if (!user) throw wrong();
  return user;
}

/**
 * Keeps the password as it was found right until the transaction ends. To check it takes a while: who
 * replaces it meanwhile ends the sessions there are, and none is to begin by the old one afterwards.
 * Throws {@link Unauthenticated}.
 */
export async function holdPassword(
  tx: Transaction,
  { id, passwordHash }: Pick<User, "id" | "passwordHash">,
): Promise<void> {
  const same = await tx.sql("select from users where id = $1 and password_hash = $2 for share", [
    id,
    passwordHash,
  ]);
  if (same.length === 0) throw wrong();
}

const wrong = () => new Unauthenticated("The e-mail address or the password is wrong.");

/** Wrong passwords are counted for the account, wherever a password is asked for. */
function ofAccount(ctx: RequestContext, email: string): Counted[] {
  const here = `${email} ${networkOf(ctx.origin?.address ?? "")}`;
  return [ofTenant(ctx, limits.password, here), ofTenant(ctx, limits.account, email)];
}
