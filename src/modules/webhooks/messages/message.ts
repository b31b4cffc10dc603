import { Webhook } from "standardwebhooks";
import type { RequestContext } from "#kernel/context";
import { snapshotFor } from "./snapshot.ts";

/** What of an event makes a message. */
export interface Told {
  eventId: string;
  eventType: string;
  occurredAt: Date;
  revision: number;
  payload: Record<string, unknown>;
}

/**
 * The body of an event's message. The ids are the event's; the snapshot is what is public now, and no
 * earlier than the event: who gets the message again, or late, gets what holds by then.
 */
export async function bodyOf(
  ctx: RequestContext,
  { eventType, occurredAt, payload, revision }: Told,
  apiVersion: string,
): Promise<string> {
  return JSON.stringify({
    type: eventType,
    timestamp: occurredAt.toISOString(),
    apiVersion,
    tenantId: ctx.tenant.id,
    data: { ...payload, snapshot: await snapshotFor(ctx, payload, revision) },
  });
}

/** What Standard Webhooks signs a message with; a signature for each secret that is good. The id is the same each time. */
export function signatureOf(
  secrets: string[],
  { id, at, body }: { id: string; at: Date; body: string },
): Record<string, string> {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(" "),
  };
}
