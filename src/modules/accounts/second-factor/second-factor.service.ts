import { randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { BadUserInput, Conflict, Unauthenticated } from "#kernel/errors";
import { record } from "#kernel/events/event";
import { seal, signed, unseal } from "#kernel/security/sealed";
import { UserSecondFactorChanged } from "../events.ts";
import { limits, ofTenant } from "../limits.ts";
import { setupOf } from "../setup.ts";

const period = 30;
/** A clock may be an interval off, either way. */
const window = 1;
const recoveryCodes = 10;
const sealedFor = "second factors";
const hashedFor = "recovery codes";

/** What an authenticator app is given: to type in, and as a QR code. */
export interface Enrolment {
  /** Base32. */
  secret: string;
  /** `otpauth://totp/…` */
  uri: string;
}

/** Whether a code is asked for at sign-in. */
export async function isOn(ctx: RequestContext, userId: string): Promise<boolean> {
  const rows = await inTransaction(ctx, (tx) =>
    tx.sql("select from second_factors where user_id = $1 and confirmed_at is not null", [userId]),
  );
  return rows.length > 0;
}

/** Begins anew until a code shows that the app has it. Throws CONFLICT when it is on already. */
export function enrol(
  ctx: RequestContext,
  { id, email }: { id: string; email: string },
): Promise<Enrolment> {
  const secret = new Secret({ size: 20 });
  return inTransaction(ctx, async (tx) => {
    const begun = await tx.sql(
      `insert into second_factors (tenant_id, user_id, secret) values ($1, $2, $3)
       on conflict (tenant_id, user_id) do update set secret = excluded.secret, last_step = 0
         where second_factors.confirmed_at is null
       returning user_id`,
      [tx.tenant.id, id, seal(setupOf(ctx).secret, sealedFor, secret.base32)],
    );
    if (begun.length === 0) throw new Conflict("The second factor is on already.");
    const { name: issuer } = tx.tenant;
    return { secret: secret.base32, uri: totpOf(secret.base32, issuer, email).toString() };
  });
}

/** Turns it on; resolves with the recovery codes, which are shown this once. Throws BAD_USER_INPUT for a wrong code. */
export async function turnOn(ctx: RequestContext, userId: string, code: string): Promise<string[]> {
  const counted = ofTenant(ctx, limits.code, userId);
  const { throttle } = setupOf(ctx);
  await throttle.take(counted);
  const codes = await inTransaction(ctx, async (tx) => {
    const step = await stepOf(tx, userId, code, { confirmed: false });
    if (step === undefined)
      throw BadUserInput.at(["code"], "is not the one that the app shows now");
    await tx.sql(
      "update second_factors set confirmed_at = now(), last_step = $2 where user_id = $1",
      [userId, step],
    );
    record(tx, UserSecondFactorChanged, { id: userId, revision: 1 }, { userId, on: true });
    return renewCodes(tx, userId);
  });
  await throttle.reset(counted);
  return codes;
}

/** Does away with it, and with the recovery codes. False when there was none. */
export async function turnOff(tx: Transaction, userId: string): Promise<boolean> {
  const gone = await tx.sql("delete from second_factors where user_id = $1 returning user_id", [
    userId,
  ]);
  await tx.sql("delete from recovery_codes where user_id = $1", [userId]);
  if (gone.length === 0) return false;
  record(tx, UserSecondFactorChanged, { id: userId, revision: 1 }, { userId, on: false });
  return true;
}

/** New recovery codes in place of those there were; shown this once. */
export async function renewCodes(tx: Transaction, userId: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodes }, () => aRecoveryCode());
  await tx.sql("delete from recovery_codes where user_id = $1", [userId]);
  await tx.sql(
    "insert into recovery_codes (tenant_id, user_id, hash) select $1, $2, unnest($3::text[])",
    [tx.tenant.id, userId, codes.map((code) => hashOf(tx, userId, code))],
  );
  return codes;
}

/**
 * Takes a code of the app or a recovery code, each good once: also of two requests at once, one is refused.
 * Throws {@link Unauthenticated}, or RATE_LIMITED for who guesses.
 */
export async function takeCode(ctx: RequestContext, userId: string, code: string): Promise<void> {
  const counted = ofTenant(ctx, limits.code, userId);
  const { throttle } = setupOf(ctx);
  await throttle.take(counted);
  const taken = await inTransaction(
    ctx,
    async (tx) => (await takeStep(tx, userId, code)) || (await takeRecoveryCode(tx, userId, code)),
  );
  if (!taken) throw new Unauthenticated("The code is wrong, or was used before.");
  await throttle.reset(counted);
}

async function takeStep(tx: Transaction, userId: string, code: string): Promise<boolean> {
  const step = await stepOf(tx, userId, code, { confirmed: true });
  if (step === undefined) return false;
  const taken = await tx.sql(
    "update second_factors set last_step = $2 where user_id = $1 and last_step < $2 returning user_id",
    [userId, step],
  );
  return taken.length > 0;
}

async function takeRecoveryCode(tx: Transaction, userId: string, code: string): Promise<boolean> {
  const taken = await tx.sql(
    "delete from recovery_codes where user_id = $1 and hash = $2 returning hash",
    [userId, hashOf(tx, userId, code)],
  );
  return taken.length > 0;
}

/** The interval that the code is of, if it is of one near now. */
async function stepOf(
  tx: Transaction,
  userId: string,
  code: string,
  { confirmed }: { confirmed: boolean },
): Promise<number | undefined> {
  const [factor] = await tx.sql<{ secret: string }>(
    `select secret from second_factors
     where user_id = $1 and (confirmed_at is not null) = $2 for update`,
    [userId, confirmed],
  );
  const secret = factor && unseal(setupOf(tx).secret, sealedFor, factor.secret);
  if (!secret || !/^\d{6}$/.test(code)) return undefined;
  const timestamp = Date.now();
  const delta = totpOf(secret).validate({ token: code, timestamp, window });
  return delta === null ? undefined : Math.floor(timestamp / 1_000 / period) + delta;
}

const totpOf = (secret: string, issuer = "", label = "") =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret), digits: 6, period });

/** 80 bits, such as `k3v7-…`, without letters that look like digits. */
function aRecoveryCode(): string {
  const letters = "23456789abcdefghijkmnpqrstuvwxyz";
  const code = Array.from(randomBytes(16), (byte) => letters[byte % letters.length]).join("");
  return code.replaceAll(/(.{4})(?=.)/g, "$1-");
}

/** A digest that needs the secret: who has read the database cannot try codes. */
const hashOf = (ctx: RequestContext, userId: string, code: string) =>
  signed(
    setupOf(ctx).secret,
    hashedFor,
    `${userId} ${code.toLowerCase().replaceAll(/[^a-z0-9]/g, "")}`,
  );
