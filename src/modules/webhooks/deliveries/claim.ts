import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import type { Told } from "../messages/message.ts";
import type { SecretHolder } from "../secrets.ts";
import { leaseMs } from "./queue.ts";

/** A delivery that is this job's to attempt, with where it goes. */
export interface Claimed extends Told, SecretHolder {
  id: string;
  endpointId: string;
  /** Those that have ended. */
  attempts: number;
  url: string;
  apiVersion: string;
  headerSecrets: string | null;
}

const columns = `
  d.id, d.endpoint_id as "endpointId", d.event_id as "eventId", d.event_type as "eventType", d.payload,
  d.revision::float8 as revision, d.occurred_at as "occurredAt", d.attempts, e.url,
  e.api_version as "apiVersion", e.header_secrets as "headerSecrets", e.secret,
  e.previous_secret as "previousSecret", e.previous_secret_until as "previousSecretUntil"`;

/**
 * Of any number of jobs for one delivery, one gets it; the others get null, as does every job while the
 * endpoint is paused or given up. A dead letter that somebody has tried again may be claimed, too.
 */
export function claim(ctx: RequestContext, deliveryId: string): Promise<Claimed | null> {
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.sql<Claimed>(
      `update webhook_deliveries d
       set queued = false, status = 'pending', finished_at = null, next_attempt_at = $2
       from webhook_endpoints e
       where d.id = $1 and e.tenant_id = d.tenant_id and e.id = d.endpoint_id
         and e.disabled_at is null and not e.paused
         and ((d.status = 'pending' and d.queued) or d.status = 'failed')
       returning ${columns}`,
      [deliveryId, new Date(tx.now.getTime() + leaseMs)],
    );
    return row ? asClaimed(row) : null;
  });
}

/** Inside a transaction moments come as text. */
const asClaimed = (row: Claimed): Claimed => ({
  ...row,
  occurredAt: new Date(row.occurredAt),
  previousSecretUntil: row.previousSecretUntil && new Date(row.previousSecretUntil),
});

/** A test's delivery, whatever state its endpoint is in. */
export function read(ctx: RequestContext, deliveryId: string): Promise<Claimed | null> {
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.sql<Claimed>(
      `select ${columns} from webhook_deliveries d
       join webhook_endpoints e on e.tenant_id = d.tenant_id and e.id = d.endpoint_id
       where d.id = $1`,
      [deliveryId],
    );
    return row ? asClaimed(row) : null;
  });
}

/** Has it asked for again once there is time for it: at once, or when its endpoint goes on. */
export async function putBack(
  ctx: RequestContext,
  deliveryId: string,
  afterMs: number,
): Promise<void> {
  await inTransaction(ctx, (tx) =>
    tx.sql(
      `update webhook_deliveries set queued = false, next_attempt_at = $2
       where id = $1 and status = 'pending' and queued`,
      [deliveryId, new Date(tx.now.getTime() + afterMs)],
    ),
  );
}
