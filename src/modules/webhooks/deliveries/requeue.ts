import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { announceQueued, leaseMs } from "./queue.ts";

/** How many of one endpoint are put on the queue at a time, and of one whose last attempt failed. */
const most = { sound: 100, failing: 2 };

/** A query for the ids of the tenants that have something due. */
export const tenantsWithDueWebhooks =
  "select id from tenants_with_due_webhooks() as t(id) order by id";

/**
 * Puts what is due on the queue: next attempts, what was put off, and what was lost on its way. Of an
 * endpoint that fails only as much as is needed to see whether it still does. Answers how many.
 */
export function requeue(ctx: RequestContext): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const rows = await tx.sql<{ id: string; endpointId: string }>(
      `update webhook_deliveries d set queued = true, next_attempt_at = $3
       from webhook_endpoints e cross join lateral (
         select id from webhook_deliveries
         where tenant_id = e.tenant_id and endpoint_id = e.id and status = 'pending' and next_attempt_at <= $2
         order by next_attempt_at
         limit case when e.failing_since is null then ${most.sound} else ${most.failing} end
         for update skip locked) due
       where e.tenant_id = $1 and e.disabled_at is null and not e.paused and d.id = due.id
       returning d.id, d.endpoint_id as "endpointId"`,
      [tx.tenant.id, tx.now, new Date(tx.now.getTime() + leaseMs)],
    );
    for (const row of rows) announceQueued(tx, row);
    return rows.length;
  });
}
