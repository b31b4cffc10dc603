import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { leastKeptDays, settings } from "../settings.ts";

/** The query for the ids of tenants that may have some to forget. */
export const tenantsWithOldMails = `
  select id from tenants_with_old_mails(now() - interval '${leastKeptDays} days') t(id) order by id`;

/** Forgets mails for as long ago as the tenant has set, whatever became of them. */
export async function forgetOldMails(ctx: RequestContext): Promise<void> {
  const { keptDays } = await settings(ctx);
  await inTransaction(ctx, (tx) =>
    tx.sql("delete from mails where created_at < $1::timestamptz - make_interval(days => $2)", [
      tx.now,
      keptDays,
    ]),
  );
}
