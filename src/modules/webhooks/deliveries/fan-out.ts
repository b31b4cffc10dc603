import { WebhookEndpoint } from "#entities/webhooks/endpoint";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { wantedBy } from "../endpoints/patterns.ts";
import type { Told } from "../messages/message.ts";
import { setupOf } from "../setup.ts";
import { queue } from "./queue.ts";

/** Has each of the events delivered to every endpoint that wants it. An endpoint that was given up gets none. */
export function fanOut(ctx: RequestContext, eventIds: string[]): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const endpoints = await tx.em.find(WebhookEndpoint, { disabledAt: null });
    if (endpoints.length === 0) return;
    const events = await eventsOf(tx, eventIds);
    const { eventTypes } = setupOf(ctx);
    const wanted = endpoints.flatMap(({ id: endpointId, patterns }) => {
      const types = new Set(wantedBy(patterns, eventTypes));
      return events
        .filter(({ eventType }) => types.has(eventType))
        .map((event) => ({ ...event, endpointId }));
    });
    await queue(tx, wanted, { again: false });
  });
}

async function eventsOf(tx: Transaction, ids: string[]): Promise<Told[]> {
  const rows = await tx.sql<Told>(`${tellEvents} where id = any ($1::uuid[]) order by id`, [ids]);
  return rows.map(asTold);
}

/** Reads events as messages tell them. */
export const tellEvents = `
  select id as "eventId", type as "eventType", payload, revision::float8 as revision, occurred_at as "occurredAt"
  from sys_events`;

/** Inside a transaction moments come as text. */
export const asTold = (row: Told): Told => ({ ...row, occurredAt: new Date(row.occurredAt) });
