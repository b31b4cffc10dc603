import { defineEntity, p } from "@mikro-orm/postgresql";
import { aggregate } from "#entities/kernel/columns";

/** Why an endpoint was given up: it said that it is gone, or nothing but failed for five days. */
export const disabledReasons = ["gone", "failing"] as const;
export type DisabledReason = (typeof disabledReasons)[number];

const WebhookEndpointSchema = defineEntity({
  name: "WebhookEndpoint",
  tableName: "webhook_endpoints",
  properties: {
    ...aggregate,
    url: p.string(),
    description: p.string(),
    /** Types of events: `product.published`, `product.*` or `*`. */
    patterns: p.array(),
    apiVersion: p.string(),
    headerNames: p.array(),
    /** The headers as JSON, sealed with RUSTOK_SECRET; null without any. */
    headerSecrets: p.string().nullable(),
    /** Sealed with RUSTOK_SECRET, as is the one before. */
    secret: p.string(),
    previousSecret: p.string().nullable(),
    /** Until when the one before signs, too. */
    previousSecretUntil: p.datetime().nullable(),
    paused: p.boolean().default(false),
    /** The first failure since the last success. */
    failingSince: p.datetime().nullable(),
    disabledAt: p.datetime().nullable(),
    disabledReason: p.string().$type<DisabledReason>().nullable(),
  },
});

/** Where a tenant's events are sent to. */
export class WebhookEndpoint extends WebhookEndpointSchema.class {}
WebhookEndpointSchema.setClass(WebhookEndpoint);
