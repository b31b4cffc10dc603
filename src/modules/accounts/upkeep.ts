import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";

/** Sessions that are over are kept for so long: somebody may ask where a stranger was signed in from. */
const keptDays = 30;

/** The query for the ids of tenants that have something to delete. */
export const tenantsWithOldSignIns = `
  select id from tenants_with_old_sign_ins(now() - interval '${keptDays} days') t(id) order by id`;

/** Deletes what is over: old sessions, requests that nobody confirmed, sign-ins that nobody finished. */
export function forgetOld(ctx: RequestContext): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    await tx.sql(
      "delete from sessions where least(ended_at, expires_at) < now() - make_interval(days => $1)",
      [keptDays],
    );
    await tx.sql("delete from account_requests where expires_at < now()");
    await tx.sql("delete from oidc_sign_ins where expires_at < now()");
  });
}
