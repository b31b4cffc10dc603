import type { RequestContext } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import { inTransaction } from "#kernel/database/transaction";
import { setupOf } from "../setup.ts";

/** How many rows one statement removes. */
const batchSize = 10_000;

const old = [
  ["webhook_attempts", "started_at", "true"],
  ["webhook_deliveries", "created_at", "status <> 'pending'"],
  ["hook_receipts", "received_at", "true"],
] as const;

/** A query for the ids of the tenants that have something to forget. */
export const tenantsWithOldWebhooks = (db: Database): string => `
  select id from tenants_with_old_webhooks(now() - make_interval(days => ${setupOf({ db }).keptDays})) t(id) order by id`;

/** Removes what the tenant's log of webhooks has kept for as long as it is to. Answers how many rows. */
export async function forgetOldWebhooks(ctx: RequestContext): Promise<number> {
  const before = new Date(Date.now() - setupOf(ctx).keptDays * 86_400_000);
  let forgotten = 0;
  for (const [table, column, condition] of old) {
    for (let removed = batchSize; removed === batchSize; forgotten += removed) {
      const rows = await inTransaction(ctx, (tx) =>
        tx.sql(
          `delete from ${table} where ctid = any (array(
             select ctid from ${table} where tenant_id = $1 and ${column} < $2 and ${condition} limit ${batchSize}))
           returning 1`,
          [tx.tenant.id, before],
        ),
      );
      removed = rows.length;
    }
  }
  return forgotten;
}
