import type { WebhookAttempt } from "#entities/webhooks/delivery";
import { WebhookEndpoint } from "#entities/webhooks/endpoint";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { NotFound } from "#kernel/errors";
import { newId } from "#kernel/ids";
import { WebhookTest } from "../events.ts";
import { attempt } from "./attempt.ts";
import { read } from "./claim.ts";
import { countAttempt } from "./metrics.ts";
import { end } from "./settle.ts";

/**
 * Sends the endpoint a message of the type `webhook.test`, now and once, paused and disabled ones too, and
 * resolves with how that went. It says nothing about the endpoint's health. Throws NOT_FOUND.
 */
export async function sendTest(ctx: RequestContext, endpointId: string): Promise<WebhookAttempt> {
  const id = await prepare(ctx, endpointId);
  const delivery = await read(ctx, id);
  if (!delivery) throw new NotFound("webhook endpoint", endpointId);
  const outcome = await attempt(ctx, delivery);
  countAttempt(outcome);
  return inTransaction(ctx, (tx) =>
    end(tx, delivery, outcome, null, outcome.problem === null ? "delivered" : "failed"),
  );
}

/** Counts as failed until it is known better, so that no job takes it for one to be attempted. */
function prepare(ctx: RequestContext, endpointId: string): Promise<string> {
  return inTransaction(ctx, async (tx) => {
    if (!(await tx.em.findOne(WebhookEndpoint, { id: endpointId }))) {
      throw new NotFound("webhook endpoint", endpointId);
    }
    const id = newId();
    await tx.sql(
      `insert into webhook_deliveries
         (id, tenant_id, endpoint_id, event_id, event_type, payload, revision, occurred_at, status, queued,
          problem, created_at, finished_at)
       values ($1, $2, $3, $4, $5, $6, 1, $7, 'failed', false, 'The test was cut short.', $7, $7)`,
      [id, tx.tenant.id, endpointId, newId(), WebhookTest.type, { endpointId }, tx.now],
    );
    return id;
  });
}
