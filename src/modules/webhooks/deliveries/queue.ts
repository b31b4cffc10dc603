import type { Transaction } from "#kernel/database/transaction";
import { record } from "#kernel/events/event";
import { newId } from "#kernel/ids";
import { WebhookDeliveryQueued } from "../events.ts";
import type { Told } from "../messages/message.ts";

/**
 * How long a job may be silent before it is asked for once more: longer than an attempt takes, and than a
 * queue is usually behind. Two jobs of one delivery do no harm, for one of them finds nothing to do.
 */
export const leaseMs = 5 * 60_000;

/** An event on its way to an endpoint. */
export interface Wanted extends Told {
  endpointId: string;
}

/**
 * Has each event delivered to its endpoint, once: what is on its way already is left alone. What has
 * arrived, or was given up, is left alone too, unless it is to be sent `again`. Answers how many are on
 * their way by this.
 */
export async function queue(
  tx: Transaction,
  wanted: Wanted[],
  { again }: { again: boolean },
): Promise<number> {
  const rows = await tx.sql<{ id: string; endpointId: string }>(
    `insert into webhook_deliveries as known
       (id, tenant_id, endpoint_id, event_id, event_type, payload, revision, occurred_at, next_attempt_at, created_at)
     select id, $1, endpoint_id, event_id, event_type, payload, revision, occurred_at, $2, $3
     from jsonb_to_recordset($4::jsonb) as wanted (
       id uuid, endpoint_id uuid, event_id uuid, event_type text, payload jsonb, revision bigint, occurred_at timestamptz)
     order by endpoint_id, event_id
     on conflict (tenant_id, endpoint_id, event_id) do update
     set status = 'pending', attempts = 0, queued = true, next_attempt_at = excluded.next_attempt_at,
         problem = null, finished_at = null
     where $5 and known.status <> 'pending'
     returning id, endpoint_id as "endpointId"`,
    [
      tx.tenant.id,
      new Date(tx.now.getTime() + leaseMs),
      tx.now,
      JSON.stringify(
        wanted.map((one) => ({
          id: newId(),
          endpoint_id: one.endpointId,
          event_id: one.eventId,
          event_type: one.eventType,
          payload: one.payload,
          revision: one.revision,
          occurred_at: one.occurredAt,
        })),
      ),
      again,
    ],
  );
  for (const row of rows) announceQueued(tx, row);
  return rows.length;
}

/** Has the relay put a delivery's job on its queue. */
export function announceQueued(
  tx: Transaction,
  { id: deliveryId, endpointId }: { id: string; endpointId: string },
): void {
  record(tx, WebhookDeliveryQueued, { id: deliveryId, revision: 1 }, { deliveryId, endpointId });
}
