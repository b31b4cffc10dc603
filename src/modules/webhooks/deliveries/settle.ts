import { WebhookAttempt } from "#entities/webhooks/delivery";
import { type DisabledReason, WebhookEndpoint } from "#entities/webhooks/endpoint";
import { change, lock } from "#kernel/aggregates/aggregate";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { record } from "#kernel/events/event";
import { newId } from "#kernel/ids";
import { WebhookEndpointDisabled } from "../events.ts";
import type { Outcome } from "../outbound/send.ts";
import { setupOf } from "../setup.ts";
import type { Claimed } from "./claim.ts";

/** After so long without a success an endpoint is given up. */
const patienceMs = 5 * 24 * 60 * 60_000;

/** A wait grows by up to this part of it, so that what failed together is not tried together. */
const jitter = 0.1;

/**
 * Puts an attempt on record with what follows from it: another one, the end of the delivery, or of its
 * endpoint. Answers whether it was the last for nothing.
 */
export async function settle(
  ctx: RequestContext,
  claimed: Claimed,
  outcome: Outcome,
): Promise<"delivered" | "again" | "failed"> {
  if (outcome.problem === null) {
    await inTransaction(ctx, async (tx) => {
      await tx.sql(
        "update webhook_endpoints set failing_since = null where id = $1 and failing_since is not null",
        [claimed.endpointId],
      );
      await end(tx, claimed, outcome, null, "delivered");
    });
    return "delivered";
  }
  return inTransaction(ctx, async (tx) => {
    // Before the delivery's row: who disables an endpoint takes them in the same order.
    const endpoint = await lock(tx, WebhookEndpoint, claimed.endpointId);
    endpoint.failingSince ??= outcome.startedAt;
    const reason = reasonToDisable(endpoint, outcome);
    const delayMs = reason ? null : delayAfter(ctx, claimed, outcome);
    const next = delayMs === null ? null : new Date(Date.now() + delayMs);
    await end(tx, claimed, outcome, next, next ? "pending" : "failed");
    if (reason && !endpoint.disabledAt) await disable(tx, endpoint, reason);
    return next ? "again" : "failed";
  });
}

function reasonToDisable(endpoint: WebhookEndpoint, { status }: Outcome): DisabledReason | null {
  if (status === 410) return "gone";
  const since = endpoint.failingSince;
  return since && Date.now() - since.getTime() >= patienceMs ? "failing" : null;
}

/** How long to wait for the next attempt: as long as is its turn, or as the receiver asks, whichever is longer. Null after the last. */
function delayAfter(ctx: RequestContext, { attempts }: Claimed, outcome: Outcome): number | null {
  const delay = setupOf(ctx).delaysMs[attempts];
  if (delay === undefined) return null;
  return Math.max(delay * (1 + Math.random() * jitter), outcome.retryAfterMs ?? 0);
}

/** Writes how an attempt ended, and how the delivery stands since. */
export async function end(
  tx: Transaction,
  claimed: Claimed,
  { startedAt, durationMs, status, problem, excerpt }: Outcome,
  next: Date | null,
  standing: "pending" | "delivered" | "failed",
): Promise<WebhookAttempt> {
  await tx.sql(
    `update webhook_deliveries
     set status = $2, attempts = attempts + 1, queued = false, next_attempt_at = $3, problem = $4,
         finished_at = case when $2 = 'pending' then null else $5::timestamptz end
     where id = $1`,
    [claimed.id, standing, next, problem, tx.now],
  );
  const { id: deliveryId, endpointId, eventId, eventType } = claimed;
  return tx.em.create(WebhookAttempt, {
    id: newId(),
    tenantId: tx.tenant.id,
    deliveryId,
    endpointId,
    eventId,
    eventType,
    attempt: claimed.attempts + 1,
    startedAt,
    durationMs,
    succeeded: problem === null,
    statusCode: status,
    problem,
    excerpt,
    nextAttemptAt: next,
  });
}

async function disable(
  tx: Transaction,
  endpoint: WebhookEndpoint,
  reason: DisabledReason,
): Promise<void> {
  change(tx, endpoint, { disabledAt: tx.now, disabledReason: reason });
  const { id: endpointId, revision } = endpoint;
  record(tx, WebhookEndpointDisabled, endpoint, { endpointId, revision, reason });
  await tx.sql(
    `update webhook_deliveries
     set status = 'failed', queued = false, next_attempt_at = null, finished_at = $2,
         problem = 'The endpoint was disabled.'
     where endpoint_id = $1 and status = 'pending'`,
    [endpointId, tx.now],
  );
}
