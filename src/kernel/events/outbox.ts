import type { ClientBase } from "pg";
import { actorIdOf, type RequestContext } from "#kernel/context";

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
  /** Of the transaction that wrote it; null where it was not traced. */
  traceparent: string | null;
}

const stored = `id, tenant_id as "tenantId", type, version, aggregate_id as "aggregateId",
  revision::float8 as revision, payload, occurred_at as "occurredAt", traceparent`;

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
      actorIdOf(actor),
      requestId,
      now,
      JSON.stringify(
        events.map(({ aggregateId, ...event }) => ({ ...event, aggregate_id: aggregateId })),
      ),
    ],
  );
}

/** What a request of the transaction's tenant has changed, in order. */
export async function eventsOfRequest(
  tx: Pick<OpenTransaction, "sql">,
  requestId: string,
): Promise<StoredEvent[]> {
  const rows = await tx.sql<StoredEvent>(
    `select ${stored} from sys_events where request_id = $1 order by id`,
    [requestId],
  );
  // Inside a transaction moments come as text.
  return rows.map((event) => ({ ...event, occurredAt: new Date(event.occurredAt) }));
}

/**
 * Claims up to `limit` undispatched events for the rest of the connection's transaction: from every
 * tenant that has some the same number, its oldest first, so that nobody waits for another's import.
 * Rows that another relay holds are passed over, so several share the work. None left: none claimed.
 * What was changed in a suspended tenant stays where it is until that is resumed, but for what was
 * changed until then.
 */
export async function claim(relay: ClientBase, limit: number): Promise<StoredEvent[]> {
  const { rows } = await relay.query<StoredEvent>({
    name: "claim-events",
    text: `
      with recursive waiting as (
        (select tenant_id from sys_events where dispatched_at is null order by tenant_id limit 1)
        union all
        select next.tenant_id from waiting, lateral (
          select tenant_id from sys_events e
          where dispatched_at is null and e.tenant_id > waiting.tenant_id
          order by tenant_id limit 1) next
      ),
      served as (
        select waiting.tenant_id, coalesce(t.suspended_at, 'infinity') as until
        from waiting left join tenants t on t.id = waiting.tenant_id
      )
      select turn.* from served, lateral (
        select ${stored}
        from sys_events e
        where dispatched_at is null and e.tenant_id = served.tenant_id and e.occurred_at <= served.until
        order by id
        limit greatest(1, $1 / (select count(*) from served))
        for update of e skip locked) turn`,
    values: [limit],
  });
  return rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** Marks claimed events as handed over. Commit only after every job of theirs is on its queue. */
export async function markDispatched(relay: ClientBase, events: StoredEvent[]): Promise<void> {
  await relay.query({
    name: "mark-dispatched",
    text: "update sys_events set dispatched_at = now() where id = any($1::uuid[])",
    values: [events.map(({ id }) => id)],
  });
}

/** Whoever hands events over holds it shared for the rest of the transaction. */
const turnstile = "hashtext('rustok events are handed over')";
export const handingOver = `select pg_advisory_xact_lock_shared(${turnstile})`;

/** Waits until nobody is handing events over, and keeps it so for the rest of the connection's transaction. */
export async function alone(relay: ClientBase): Promise<void> {
  await relay.query(`select pg_advisory_xact_lock(${turnstile})`);
}

/** Events handed over since then, and those with a job that has failed, in pages. Within a transaction. */
export async function* handedOverSince(
  relay: ClientBase,
  since: Date,
  pageSize: number,
): AsyncGenerator<StoredEvent[]> {
  await relay.query(
    `declare handed_over no scroll cursor for
     select ${stored} from sys_events e
     where dispatched_at >= $1
        or (dispatched_at is not null
            and id in (select event_id from event_jobs where failure is not null))`,
    [since],
  );
  for (;;) {
    const { rows } = await relay.query<StoredEvent>(`fetch ${pageSize} from handed_over`);
    if (rows.length > 0) yield rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
    if (rows.length < pageSize) break;
  }
  await relay.query("close handed_over");
}

/** Events of the context's tenant by their ids; those that are long past are gone. */
export async function eventsById(
  tx: Pick<OpenTransaction, "sql">,
  ids: string[],
): Promise<StoredEvent[]> {
  const rows = await tx.sql<StoredEvent>(
    `select ${stored} from sys_events where id = any ($1::uuid[]) order by id`,
    [ids],
  );
  return rows.map((event) => ({ ...event, occurredAt: new Date(event.occurredAt) }));
}
