import type { RequestContext } from "#kernel/context";
import type { Transaction } from "#kernel/database/transaction";
import { RateLimited } from "#kernel/errors";
import type { SubmitComment } from "./comment.input.ts";

const withinMinutes = 10;
/** Of one person, by sign-in or else e-mail address. */
const perPerson = 5;
/** From one network address: a household, a school. */
const perAddress = 15;
/** Of all guests together: more than a lively discussion, and no more than a moderator clears in a morning. */
const ofGuests = 100;

/**
 * Throws {@link RateLimited} for one more than anybody may write. Those who submit take turns within
 * a tenant until their transaction ends, so that many at once count each other.
 */
export async function refuseTooMany(
  tx: Transaction,
  { email }: Pick<SubmitComment, "email">,
): Promise<void> {
  const { tenant, origin } = tx;
  await tx.sql("select pg_advisory_xact_lock(hashtextextended('comments of ' || $1, 0))", [
    tenant.id,
  ]);
  const [lately] = await tx.sql<{ own: number; near: number; guests: number }>(
    `select
       count(*) filter (where user_id = $1 or $1::uuid is null and lower(email) = lower($2))::integer as own,
       count(*) filter (where address = $3)::integer as near,
       count(*) filter (where user_id is null)::integer as guests
     from blog_comments
     where created_at > now() - $4 * interval '1 minute'`,
    [writerOf(tx), email, origin?.address, withinMinutes],
  );
  const { own = 0, near = 0, guests = 0 } = lately ?? {};
  const isGuest = writerOf(tx) === null;
  if (own >= perPerson || near >= perAddress || (isGuest && guests >= ofGuests)) {
    throw new RateLimited(withinMinutes * 60);
  }
}

/** Who is signed in. */
export const writerOf = ({ actor }: RequestContext): string | null =>
  actor.kind === "user" ? actor.userId : null;
