import { createHash } from "node:crypto";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { BadUserInput } from "#kernel/errors";
import { record } from "#kernel/events/event";
import { newId } from "#kernel/ids";
import { chooseLocale } from "#kernel/locale";
import { mailerOf } from "#kernel/mail/mailer";
import { signed } from "#kernel/security/sealed";
import { AccountMailRequested } from "../events.ts";
import { fromAddress, limits, ofTenant } from "../limits.ts";
import { setupOf } from "../setup.ts";

/** What a mail is for. All but the last two have to be confirmed. */
export const purposes = [
  "registration",
  "verification",
  "invitation",
  "password-reset",
  "email-change",
  "email-changed",
  "password-changed",
] as const;
export type Purpose = (typeof purposes)[number];

/** A mail that was asked for, and what is to be done once it is confirmed. */
export interface AccountRequest {
  id: string;
  purpose: Purpose;
  /** Where the mail goes to. */
  email: string;
  /** Null where whoever asked is not to learn whether there is an account. */
  userId: string | null;
  /** Of a registration. */
  name: string | null;
  locale: string;
}

const hour = 60 * 60_000;
const lifetimes: Record<Purpose, number> = {
  registration: 24 * hour,
  verification: 24 * hour,
  invitation: 7 * 24 * hour,
  "password-reset": hour,
  "email-change": 24 * hour,
  "email-changed": 24 * hour,
  "password-changed": 24 * hour,
};

const good = "token_hash = $1 and purpose = any ($2) and expires_at > now()";
const columns = `id, purpose, email, user_id as "userId", name, locale`;

/** Throws NOT_CONFIGURED where no mails are sent. */
export function refuseWithoutMail({ db }: RequestContext): void {
  mailerOf(db);
}

/** Throws RATE_LIMITED: nobody's mailbox is to be filled by us. */
export async function limitMails(ctx: RequestContext, email: string): Promise<void> {
  await setupOf(ctx).throttle.take(
    ...fromAddress(ctx, limits.mails),
    ofTenant(ctx, limits.mailbox, email),
  );
}

/** Puts a mail on record; a job sends it after the commit. */
export async function requestMail(
  tx: Transaction,
  given: Pick<AccountRequest, "purpose" | "email"> & {
    userId?: string;
    name?: string;
    /** What the reader asked to be written to in, if anything. */
    locale?: string | null | undefined;
  },
): Promise<void> {
  const id = newId();
  await tx.sql(
    `insert into account_requests
       (id, tenant_id, purpose, email, user_id, name, locale, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      tx.tenant.id,
      given.purpose,
      given.email,
      given.userId ?? null,
      given.name ?? null,
      chooseLocale(tx.tenant, given.locale),
      tx.now,
      new Date(tx.now.getTime() + lifetimes[given.purpose]),
    ],
  );
  record(tx, AccountMailRequested, { id, revision: 1 }, { requestId: id });
}

/**
 * The request with the token for its mail. It is the same each time: only a holder of the secret can make it,
 * so it need not be kept to be sent again, by a mailbox that shows of two equal mails the first. Undefined
 * when the request is over.
 */
export function tokenForMail(
  ctx: RequestContext,
  requestId: string,
): Promise<(AccountRequest & { token: string }) | undefined> {
  const token = signed(setupOf(ctx).secret, "account mail", requestId);
  return inTransaction(ctx, async (tx) => {
    const [request] = await tx.sql<AccountRequest>(
      `update account_requests set token_hash = $2 where id = $1 and expires_at > now() returning ${columns}`,
      [requestId, digest(token)],
    );
    return request && { ...request, token };
  });
}

/**
 * Takes the request that a mail's token is of: a token is good once. Throws BAD_USER_INPUT for one that
 * is not good for any of these purposes, RATE_LIMITED for who tries many.
 */
export async function confirm<Result>(
  ctx: RequestContext,
  token: string,
  among: readonly Purpose[],
  work: (tx: Transaction, request: AccountRequest) => Promise<Result>,
): Promise<Result> {
  await setupOf(ctx).throttle.take(...fromAddress(ctx, limits.token));
  return take(ctx, token, among, work);
}

/**
 * The same, with a password that is chosen by it. Its hash is made before the transaction, which would
 * else keep a connection and its locks for as long, and for a good token only. Throws as `confirm` does.
 */
export async function confirmWithPassword<Result>(
  ctx: RequestContext,
  given: { token: string; password: string },
  among: readonly Purpose[],
  work: (tx: Transaction, request: AccountRequest, passwordHash: string) => Promise<Result>,
): Promise<Result> {
  const { passwords, throttle } = setupOf(ctx);
  await throttle.take(...fromAddress(ctx, limits.token));
  if (!(await isGood(ctx, given.token, among))) throw notGood();
  const passwordHash = await passwords.hash(given.password);
  return take(ctx, given.token, among, (tx, request) => work(tx, request, passwordHash));
}

async function isGood(
  ctx: RequestContext,
  token: string,
  among: readonly Purpose[],
): Promise<boolean> {
  const found = await inTransaction(ctx, (tx) =>
    tx.sql(`select from account_requests where ${good}`, [digest(token), among]),
  );
  return found.length > 0;
}

function take<Result>(
  ctx: RequestContext,
  token: string,
  among: readonly Purpose[],
  work: (tx: Transaction, request: AccountRequest) => Promise<Result>,
): Promise<Result> {
  return inTransaction(ctx, async (tx) => {
    const [request] = await tx.sql<AccountRequest>(
      `delete from account_requests where ${good} returning ${columns}`,
      [digest(token), among],
    );
    if (!request) throw notGood();
    return work(tx, request);
  });
}

/** What was asked for otherwise to be done with the account is off. */
export async function dropRequests(tx: Transaction, userId: string, email: string): Promise<void> {
  await tx.sql(
    `delete from account_requests
     where tenant_id = $4 and purpose = any ($3) and (user_id = $1 or lower(email) = lower($2))`,
    [userId, email, ["invitation", "password-reset", "email-change", "registration"], tx.tenant.id],
  );
}

export const notGood = () =>
  BadUserInput.at(["token"], "is not good any more; have another mail sent");

const digest = (token: string) => createHash("sha256").update(token).digest("base64url");
