import { WebhookDelivery } from "#entities/webhooks/delivery";
import { WebhookEndpoint } from "#entities/webhooks/endpoint";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { BadUserInput, Conflict, NotFound } from "#kernel/errors";
import { record } from "#kernel/events/event";
import { wantedBy } from "../endpoints/patterns.ts";
import { WebhookReplayRequested } from "../events.ts";
import type { Told } from "../messages/message.ts";
import { setupOf } from "../setup.ts";
import { asTold, tellEvents } from "./fan-out.ts";
import { queue } from "./queue.ts";
import type { ReplayWebhooks } from "./replay.input.ts";

/** Sends one delivery again, with all attempts before it. Throws NOT_FOUND, CONFLICT while it is under way or its endpoint is disabled. */
export function replayDelivery(ctx: RequestContext, id: string): Promise<WebhookDelivery> {
  return inTransaction(ctx, async (tx) => {
    const delivery = await tx.em.findOne(WebhookDelivery, { id });
    if (!delivery) throw new NotFound("webhook delivery", id);
    await demandEnabled(tx, delivery.endpointId);
    const { endpointId, eventId, eventType, payload, revision, occurredAt } = delivery;
    const wanted = { endpointId, eventId, eventType, payload, revision, occurredAt };
    if ((await queue(tx, [wanted], { again: true })) === 0) {
      throw new Conflict("The delivery is under way.");
    }
    return tx.em.refreshOrFail(delivery);
  });
}

/**
 * Has an endpoint sent, in the background, what there was in a range of time or since an event: that which
 * it wants, and what it has already got, too. Throws NOT_FOUND, CONFLICT for a disabled endpoint.
 */
export function requestReplay(
  ctx: RequestContext,
  given: ReplayWebhooks,
): Promise<WebhookEndpoint> {
  const { endpointId, from, until, sinceEventId } = given;
  return inTransaction(ctx, async (tx) => {
    const endpoint = await demandEnabled(tx, endpointId);
    if (sinceEventId) await demandEvent(tx, sinceEventId);
    record(tx, WebhookReplayRequested, endpoint, {
      endpointId,
      from: from?.toISOString() ?? null,
      until: until?.toISOString() ?? null,
      sinceEventId: sinceEventId ?? null,
    });
    return endpoint;
  });
}

async function demandEnabled(tx: Transaction, id: string): Promise<WebhookEndpoint> {
  const endpoint = await tx.em.findOne(WebhookEndpoint, { id });
  if (!endpoint) throw new NotFound("webhook endpoint", id);
  if (endpoint.disabledAt) throw new Conflict("The endpoint is disabled: enable it first.");
  return endpoint;
}

async function demandEvent(tx: Transaction, id: string): Promise<void> {
  const found = await tx.sql("select from sys_events where id = $1", [id]);
  if (found.length === 0) {
    throw BadUserInput.at(["sinceEventId"], "is no event that is still kept");
  }
}

/** Which events; all bounds are inclusive. */
export interface Range {
  from: string | null;
  until: string | null;
  sinceEventId: string | null;
}

const pageSize = 200;

/** Does what was requested, a page in each transaction. Should it be cut short, it starts over: what is under way is left alone. */
export async function replay(ctx: RequestContext, endpointId: string, range: Range): Promise<void> {
  for (let after: string | undefined; ;) {
    const last = await inTransaction(ctx, (tx) => replayPage(tx, endpointId, range, after));
    if (!last) return;
    after = last;
  }
}

/** Answers the last event of the page, or null when there is no other. */
async function replayPage(
  tx: Transaction,
  endpointId: string,
  { from, until, sinceEventId }: Range,
  after: string | undefined,
): Promise<string | null> {
  const endpoint = await tx.em.findOne(WebhookEndpoint, { id: endpointId, disabledAt: null });
  if (!endpoint) return null;
  const rows = await tx.sql<Told>(
    `${tellEvents}
     where tenant_id = $1 and type = any ($2)
       and ($3::timestamptz is null or occurred_at >= $3)
       and ($4::timestamptz is null or occurred_at <= $4)
       and ($5::uuid is null or id >= $5) and ($6::uuid is null or id > $6)
     order by id limit ${pageSize}`,
    [
      tx.tenant.id,
      wantedBy(endpoint.patterns, setupOf(tx).eventTypes),
      from,
      until,
      sinceEventId,
      after ?? null,
    ],
  );
  await queue(
    tx,
    rows.map((row) => ({ ...asTold(row), endpointId })),
    { again: true },
  );
  return rows.length < pageSize ? null : (rows.at(-1)?.eventId ?? null);
}
