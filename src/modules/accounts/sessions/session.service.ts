import { randomBytes } from "node:crypto";
import { type EndReason, type Method, Session } from "#entities/accounts/session";
import type { User } from "#entities/accounts/user";
import { personOf } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { NotFound, Unauthenticated } from "#kernel/errors";
import { record } from "#kernel/events/event";
import { newId } from "#kernel/ids";
import { lifetimeSeconds } from "#kernel/security/tokens";
import { SessionEnded, SessionStarted } from "../events.ts";
import { fromAddress, limits, ofTenant } from "../limits.ts";
import { setupOf } from "../setup.ts";
import { forgetActors } from "./actors.ts";
import { isGenuine, readRefreshToken, refreshToken } from "./refresh-token.ts";

/** What a client has from a sign-in, and from each refresh. */
export interface SignedIn {
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
  refreshToken: string;
}

/** Without a refresh for so long, a session is over. */
const idleDays = 14;
/** However often it is refreshed. */
const longestDays = 90;

/**
 * Two tabs refresh at once, or an answer is lost and the client asks again: for so long after a token was
 * used, it is answered with the same successor again. Later, somebody else must have used it.
 */
const graceSeconds = 10;

/** Signs the user in: whoever calls has made sure of who it is. */
export async function start(
  tx: Transaction,
  { id: userId }: Pick<User, "id">,
  method: Method,
): Promise<Session> {
  const session = tx.em.create(Session, {
    id: newId(),
    tenantId: tx.tenant.id,
    userId,
    method,
    salt: randomBytes(16).toString("base64url"),
    generation: 1,
    address: tx.origin?.address ?? null,
    userAgent: tx.origin?.userAgent?.slice(0, 500) ?? null,
    createdAt: tx.now,
    refreshedAt: tx.now,
    expiresAt: daysAfter(tx.now, idleDays),
  });
  const { id: sessionId } = session;
  record(tx, SessionStarted, { id: userId, revision: 1 }, { sessionId, userId, method });
  return session;
}

/** The tokens of a session, of its present generation. */
export async function tokensOf(
  ctx: RequestContext,
  { id, userId, salt, generation }: Pick<Session, "id" | "userId" | "salt" | "generation">,
): Promise<SignedIn> {
  const { secret, tokens } = setupOf(ctx);
  const { id: tenantId } = ctx.tenant;
  return {
    accessToken: await tokens.issue({ sub: userId, tenant: tenantId, sid: id }),
    expiresIn: lifetimeSeconds,
    refreshToken: refreshToken(secret, { tenantId, sessionId: id, salt }, generation),
  };
}

/**
 * Exchanges a refresh token for its successor. Of several at once one rotates, and all get the same
 * successor. A token used again later ends the session: one of its two holders is a thief.
 * Throws {@link Unauthenticated}, the same way for any token that is not good.
 */
export async function refresh(ctx: RequestContext, token: string): Promise<SignedIn> {
  const { secret, throttle } = setupOf(ctx);
  const claim = readRefreshToken(token);
  await throttle.take(...fromAddress(ctx, limits.refreshes));
  const outcome = await inTransaction(ctx, async (tx) => {
    const session = claim && (await tx.em.findOne(Session, { id: claim.sessionId }));
    if (!session) return undefined;
    const family = { tenantId: tx.tenant.id, sessionId: session.id, salt: session.salt };
    if (!isGenuine(token, secret, family, claim.generation)) return undefined;
    // Not before: who makes tokens up is not to keep the session's owner from refreshing.
    await throttle.take(ofTenant(ctx, limits.refresh, session.id));
    return (await rotate(tx, session, claim.generation)) ?? (await overtaken(tx, session, claim));
  });
  if (!outcome) throw new Unauthenticated("The refresh token is not good any more: sign in again.");
  return tokensOf(ctx, outcome);
}

type Rotated = Pick<Session, "id" | "userId" | "salt" | "generation">;

/** Makes the generation the next one if it is the present one: of several at once, PostgreSQL lets one. */
async function rotate(
  tx: Transaction,
  { id }: Session,
  generation: number,
): Promise<Rotated | undefined> {
  const [rotated] = await tx.sql<Rotated>(
    `update sessions set generation = generation + 1, refreshed_at = clock_timestamp(),
       expires_at = least(created_at + make_interval(days => $3), now() + make_interval(days => $4))
     where id = $1 and generation = $2 and ended_at is null and expires_at > now()
     returning id, user_id as "userId", salt, generation`,
    [id, generation, longestDays, idleDays],
  );
  return rotated;
}

/** The session, when the token was used only just now; else it is ended, unless it has been before. */
async function overtaken(
  tx: Transaction,
  session: Session,
  { generation }: { generation: number },
): Promise<Rotated | undefined> {
  // Whoever was first holds the row until their commit: this waits for it, and sees what they did.
  const [now] = await tx.sql<Rotated & { live: boolean; justNow: boolean }>(
    `select id, user_id as "userId", salt, generation,
       ended_at is null and expires_at > now() as live,
       refreshed_at > clock_timestamp() - make_interval(secs => $2) as "justNow"
     from sessions where id = $1 for update`,
    [session.id, graceSeconds],
  );
  if (!now?.live || generation >= now.generation) return undefined;
  if (generation === now.generation - 1 && now.justNow) return now;
  await endThose(tx, "reuse", "id = $1", [session.id]);
  tx.log.warn(
    { sessionId: session.id, tenant: tx.tenant.slug },
    "a refresh token was used twice: its session is ended",
  );
  return undefined;
}

/** Ends the session that the refresh token is of; one that is not good is no error. */
export async function signOut(ctx: RequestContext, token: string): Promise<void> {
  const { secret } = setupOf(ctx);
  const claim = readRefreshToken(token);
  if (!claim) return;
  await inTransaction(ctx, async (tx) => {
    const session = await tx.em.findOne(Session, { id: claim.sessionId });
    if (!session) return;
    const family = { tenantId: tx.tenant.id, sessionId: session.id, salt: session.salt };
    if (!isGenuine(token, secret, family, claim.generation)) return;
    await endThose(tx, "signed-out", "id = $1", [session.id]);
  });
}

/** Ends one of the caller's own sessions. Throws NOT_FOUND. */
export function endOwn(ctx: RequestContext, id: string): Promise<void> {
  const { userId } = personOf(ctx);
  return inTransaction(ctx, async (tx) => {
    const ended = await endThose(tx, "signed-out", "id = $1 and user_id = $2", [id, userId]);
    if (ended === 0) throw new NotFound("session", id);
  });
}

/** Signs the caller out everywhere; resolves with how many sessions that were. */
export function endAllOwn(ctx: RequestContext): Promise<number> {
  const { userId } = personOf(ctx);
  return inTransaction(ctx, (tx) => endThose(tx, "signed-out", "user_id = $1", [userId]));
}

/** Ends what a user is signed in with, but for one session if that is to stay. */
export function endOfUser(
  tx: Transaction,
  userId: string,
  reason: EndReason,
  except: string | null = null,
): Promise<number> {
  return endThose(tx, reason, "user_id = $1 and id is distinct from $2", [userId, except]);
}

async function endThose(
  tx: Transaction,
  reason: EndReason,
  which: string,
  values: unknown[],
): Promise<number> {
  const ended = await tx.sql<{ sessionId: string; userId: string }>(
    `update sessions set ended_at = now(), end_reason = '${reason}'
     where ${which} and ended_at is null
     returning id as "sessionId", user_id as "userId"`,
    values,
  );
  for (const session of ended) {
    record(tx, SessionEnded, { id: session.userId, revision: 1 }, { ...session, reason });
  }
  if (ended.length > 0) forgetActors(tx);
  return ended.length;
}

const daysAfter = (moment: Date, days: number) => new Date(moment.getTime() + days * 86_400_000);
