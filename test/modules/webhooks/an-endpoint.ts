import type { z } from "zod";
import { type RequestContext, systemContext } from "#kernel/context";
import { createWebhookEndpoint, deliver, endpoints, fanOut } from "#modules/webhooks";
import { installation } from "#test/installation";

const { owner } = await installation();

/** An endpoint of the context's tenant, and what it signs with. */
export async function anEndpoint(
  ctx: RequestContext,
  given: Partial<z.input<typeof createWebhookEndpoint>> & { url: string },
): Promise<{ id: string; secret: string }> {
  const input = createWebhookEndpoint.parse({ patterns: ["*"], ...given });
  const { endpoint, secret } = await endpoints.create(ctx, input);
  return { id: endpoint.id, secret };
}

export interface StoredDelivery {
  id: string;
  endpointId: string;
  eventId: string;
  type: string;
  status: string;
  attempts: number;
  problem: string | null;
  /** From when it was last attempted, in milliseconds. */
  nextAfterMs: number | null;
}

/** The tenant's deliveries, the oldest event first. */
export async function deliveriesOf({ tenant }: RequestContext): Promise<StoredDelivery[]> {
  const { rows } = await owner.query<StoredDelivery>(
    `select d.id, d.endpoint_id as "endpointId", d.event_id as "eventId", d.event_type as type, d.status,
            d.attempts, d.problem,
            extract(epoch from d.next_attempt_at - (
              select max(a.started_at + make_interval(secs => a.duration_ms / 1000.0))
              from webhook_attempts a where a.delivery_id = d.id))::float8 * 1000 as "nextAfterMs"
     from webhook_deliveries d where d.tenant_id = $1 order by d.event_id, d.endpoint_id`,
    [tenant.id],
  );
  return rows;
}

/** As workers work: nobody's request, of the context's tenant. */
export const atWork = ({ db, tenant, log }: RequestContext) => systemContext(db, tenant, log);

/** Has all that has happened to the tenant delivered, without waiting for what is due later. */
export async function deliverAll(ctx: RequestContext): Promise<void> {
  const { rows } = await owner.query<{ id: string }>(
    `select id from sys_events
     where tenant_id = $1 and type not in ('webhook.delivery-queued', 'webhook.replay-requested') order by id`,
    [ctx.tenant.id],
  );
  await fanOut(
    atWork(ctx),
    rows.map(({ id }) => id),
  );
  for (const delivery of await deliveriesOf(ctx)) await attempt(ctx, delivery);
}

/** Attempts a delivery now, whatever its turn; resolves with what the job throws, if it does. */
export async function attempt(
  ctx: RequestContext,
  { id, endpointId }: Pick<StoredDelivery, "id" | "endpointId">,
): Promise<unknown> {
  await owner.query(
    "update webhook_deliveries set queued = true where id = $1 and status = 'pending'",
    [id],
  );
  return deliver(atWork(ctx), { deliveryId: id, endpointId }).then(
    () => undefined,
    (error: unknown) => error,
  );
}
