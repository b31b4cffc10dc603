import { QueryOrder } from "@mikro-orm/postgresql";
import { WebhookAttempt, WebhookDelivery } from "#entities/webhooks/delivery";
import { WebhookEndpoint } from "#entities/webhooks/endpoint";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import {
  viewAttempt,
  viewDelivery,
  type WebhookAttemptView,
  type WebhookDeliveryView,
} from "./deliveries/delivery.view.ts";

/** What became of an event with one endpoint. */
export interface TracedDelivery {
  url: string;
  delivery: WebhookDeliveryView;
  attempts: WebhookAttemptView[];
}

/** Whom an event was sent to, and how that went. */
export function deliveriesOf(ctx: RequestContext, eventId: string): Promise<TracedDelivery[]> {
  return inTransaction(ctx, async ({ em }) => {
    const orderBy = { id: QueryOrder.ASC };
    const deliveries = await em.find(WebhookDelivery, { eventId }, { orderBy });
    if (deliveries.length === 0) return [];
    const endpoints = await em.find(WebhookEndpoint, {
      id: deliveries.map(({ endpointId }) => endpointId),
    });
    const attempts = await em.find(
      WebhookAttempt,
      { deliveryId: deliveries.map(({ id }) => id) },
      { orderBy },
    );
    return deliveries.map((delivery) => ({
      url: endpoints.find(({ id }) => id === delivery.endpointId)?.url ?? "",
      delivery: viewDelivery(delivery),
      attempts: attempts.filter(({ deliveryId }) => deliveryId === delivery.id).map(viewAttempt),
    }));
  });
}
