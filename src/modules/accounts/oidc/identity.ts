import type { OidcProvider } from "#entities/accounts/oidc-provider";
import { User } from "#entities/accounts/user";
import type { Transaction } from "#kernel/database/transaction";
import { DomainError } from "#kernel/errors";
import { record } from "#kernel/events/event";
import { OidcIdentityLinked } from "../events.ts";
import { Email } from "../users/user.input.ts";
import { add, byEmail } from "../users/user.service.ts";

/** What a provider says of somebody; standard claims. */
export interface Vouched {
  sub: string;
  email?: unknown;
  email_verified?: unknown;
  name?: unknown;
}

/** They are who they are, but have no account here. */
export class NoAccount extends DomainError {
  constructor(
    reason: "EMAIL_NOT_VERIFIED" | "ACCOUNT_NOT_VERIFIED" | "NO_ACCOUNT" | "PASSWORD_ONLY",
    message: string,
  ) {
    super({ code: "FORBIDDEN", status: 403, message, details: { reason } });
  }
}

/**
 * The account of whoever the provider vouches for: one it was linked with before, or one with the same
 * address, if both sides have seen the address verified, or a new one where the tenant gives those. Never a
 * super administrator's: whoever sets up providers may do less than they.
 */
export async function accountOf(
  tx: Transaction,
  provider: OidcProvider,
  vouched: Vouched,
): Promise<User> {
  const linked = await linkedWith(tx, provider, vouched.sub);
  if (linked) return refuseSuperior(tx, provider, linked);
  const email = Email.safeParse(vouched.email);
  if (!email.success || vouched.email_verified !== true) {
    throw new NoAccount(
      "EMAIL_NOT_VERIFIED",
      `"${provider.name}" does not vouch for your e-mail address.`,
    );
  }
  const found = await byEmail(tx, email.data);
  if (found && !found.emailVerifiedAt) {
    throw new NoAccount(
      "ACCOUNT_NOT_VERIFIED",
      "There is an account with your address, which is not confirmed. Sign in with its password and confirm it first.",
    );
  }
  if (found) await refuseSuperior(tx, provider, found);
  const user = found ?? newcomer(tx, provider, vouched, email.data);
  await link(tx, provider, vouched.sub, user);
  return user;
}

async function refuseSuperior(tx: Transaction, provider: OidcProvider, user: User): Promise<User> {
  const [found] = await tx.sql<{ home: string | null }>("select platform_home($1) as home", [
    user.id,
  ]);
  if (!found?.home) return user;
  throw new NoAccount("PASSWORD_ONLY", `Sign in with your password, not by "${provider.name}".`);
}

function newcomer(
  tx: Transaction,
  { role, name: provider }: OidcProvider,
  { name }: Vouched,
  email: string,
): User {
  if (!role)
    throw new NoAccount("NO_ACCOUNT", `"${provider}" knows you, but you have no account here.`);
  const called = typeof name === "string" && name.trim() ? name.trim().slice(0, 255) : email;
  return add(tx, {
    email,
    name: called.replaceAll("\0", ""),
    role,
    passwordHash: null,
    emailVerifiedAt: tx.now,
  });
}

async function linkedWith(
  tx: Transaction,
  { id }: OidcProvider,
  subject: string,
): Promise<User | null> {
  const [identity] = await tx.sql<{ userId: string }>(
    `select user_id as "userId" from oidc_identities where provider_id = $1 and subject = $2`,
    [id, subject],
  );
  return identity ? tx.em.findOne(User, { id: identity.userId }) : null;
}

async function link(
  tx: Transaction,
  provider: OidcProvider,
  subject: string,
  { id: userId }: User,
): Promise<void> {
  await tx.sql(
    `insert into oidc_identities (tenant_id, provider_id, subject, user_id) values ($1, $2, $3, $4)`,
    [tx.tenant.id, provider.id, subject, userId],
  );
  record(tx, OidcIdentityLinked, provider, { providerId: provider.id, userId });
}
