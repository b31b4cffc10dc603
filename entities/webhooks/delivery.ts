import { defineEntity, p } from "@mikro-orm/postgresql";
import { owned } from "#entities/kernel/columns";

export const deliveryStatuses = ["pending", "delivered", "failed"] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

const WebhookDeliverySchema = defineEntity({
  name: "WebhookDelivery",
  tableName: "webhook_deliveries",
  properties: {
    id: p.uuid().primary(),
    ...owned,
    endpointId: p.uuid(),
    eventId: p.uuid(),
    eventType: p.string(),
    /** Of the event: ids and a revision. */
    payload: p.json().$type<Record<string, unknown>>(),
    revision: p.bigint("number").$type<number>(),
    occurredAt: p.datetime(),
    status: p.string().$type<DeliveryStatus>().default("pending"),
    /** Attempts that have ended, since it was last asked for. */
    attempts: p.integer().default(0),
    /** A job is on its way that may attempt it. */
    queued: p.boolean().default(true),
    nextAttemptAt: p.datetime().nullable(),
    /** Why it has not arrived. */
    problem: p.string().nullable(),
    createdAt: p.datetime().defaultRaw("now()"),
    finishedAt: p.datetime().nullable(),
  },
});

/** One event on its way to one endpoint. */
export class WebhookDelivery extends WebhookDeliverySchema.class {}
WebhookDeliverySchema.setClass(WebhookDelivery);

const WebhookAttemptSchema = defineEntity({
  name: "WebhookAttempt",
  tableName: "webhook_attempts",
  properties: {
    id: p.uuid().primary(),
    ...owned,
    deliveryId: p.uuid(),
    endpointId: p.uuid(),
    eventId: p.uuid(),
    eventType: p.string(),
    /** From 1. */
    attempt: p.integer(),
    startedAt: p.datetime(),
    durationMs: p.integer(),
    succeeded: p.boolean(),
    /** Null when there was no answer. */
    statusCode: p.integer().nullable(),
    problem: p.string().nullable(),
    /** The beginning of what was answered. */
    excerpt: p.string().nullable(),
    nextAttemptAt: p.datetime().nullable(),
  },
});

/** One request of a delivery, and how it ended. */
export class WebhookAttempt extends WebhookAttemptSchema.class {}
WebhookAttemptSchema.setClass(WebhookAttempt);
