import type { ClientBase } from "pg";
import type { RequestContext } from "#kernel/context";

/** The channel that wakes the relay; the payload is empty, the table says what there is to do. */
export const outboxChannel = "rustok_outbox";

/** An event as a service records it, before it has a tenant and a time. */
export interface RecordedEvent {
  id: string;
  type: string;
  version: number;
  aggregateId: string;
  revision: number;
  payload: unknown;
}

/** An event as the relay reads it. */
export interface StoredEvent extends RecordedEvent {
  tenantId: string;
  occurredAt: Date;
}

/** What an open transaction offers to the outbox. */
interface OpenTransaction extends RequestContext {
  now: Date;
  sql<Row>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** Writes the events into the caller's transaction, in one statement, and wakes the relay when it commits. */
export async function append(tx: OpenTransaction, events: RecordedEvent[]): Promise<void> {
  if (events.length === 0) return;
  const { tenant, actor, requestId, now } = tx;
  await tx.sql(
    `with written as (
       insert into sys_events (id, tenant_id, type, version, aggregate_id, revision, payload, actor_id, request_id, occurred_at)
       select id, $1, type, version, aggregate_id, revision, payload, $2, $3, $4
       from jsonb_to_recordset($5::jsonb)
         as event (id uuid, type text, version int, aggregate_id uuid, revision bigint, payload jsonb)
     )
     select pg_notify('${outboxChannel}', '')`,
    [
      tenant.id,
      actor.kind === "user" ? actor.userId : null,
      requestId,
      now,
      JSON.stringify(
        events.map(({ aggregateId, ...event }) => ({ ...event, aggregate_id: aggregateId })),
      ),
    ],
  );
}

/**
 * Claims up to `limit` undispatched events for the rest of the connection's transaction, oldest first.
 * Rows that another relay holds are passed over, so several share the work.
 */
export async function claim(relay: ClientBase, limit: number): Promise<StoredEvent[]> {
  const { rows } = await relay.query<StoredEvent>({
    name: "claim-events",
    text: `
      select id, tenant_id as "tenantId", type, version, aggregate_id as "aggregateId",
             revision::float8 as revision, payload, occurred_at as "occurredAt"
      from sys_events
      where dispatched_at is null
      order by id
      limit $1
      for update skip locked`,
    values: [limit],
  });
  return rows;
}

/** Marks claimed events as handed over. Commit only after every job of theirs is on its queue. */
export async function markDispatched(relay: ClientBase, events: StoredEvent[]): Promise<void> {
  await relay.query({
    name: "mark-dispatched",
    text: "update sys_events set dispatched_at = now() where id = any($1::uuid[])",
    values: [events.map(({ id }) => id)],
  });
}
