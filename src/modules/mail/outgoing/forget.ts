import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/transaction";
import { settings } from "../settings.ts";

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
