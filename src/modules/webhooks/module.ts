import { WebhookAttempt, WebhookDelivery } from "#entities/webhooks/delivery";
import { WebhookEndpoint } from "#entities/webhooks/endpoint";
import { HookSecret } from "#entities/webhooks/hook-secret";
import { deliverWebhook } from "#jobs/deliver-webhook";
import { fanOutWebhooks } from "#jobs/fan-out-webhooks";
import { forgetOldWebhookLog } from "#jobs/forget-old-webhooks";
import { replayWebhooks } from "#jobs/replay-webhooks";
import { requeueWebhooks } from "#jobs/requeue-webhooks";
import type { AnyEvent } from "#kernel/events/event";
import { on } from "#kernel/events/listeners";
import { defineModule, type ModuleDefinition } from "#kernel/modules/module";
import { webhookGauges } from "./deliveries/metrics.ts";
import { WebhookDeliveryResolver } from "./deliveries/delivery.resolver.ts";
import * as endpoints from "./endpoints/endpoint.routes.ts";
import { WebhookEndpointResolver } from "./endpoints/endpoint.resolver.ts";
import * as events from "./events.ts";
import { hookResolver } from "./inbound/hook.resolver.ts";
import { hookRoutes } from "./inbound/hook.routes.ts";
import { heard } from "./listen.ts";
import { eventRoutes } from "./messages/event.routes.ts";
import { TraceWebhooksResolver } from "./trace.resolver.ts";

/** Tells other services what the modules of the list announce, and takes in what they are told. */
export function webhooksModule(list: () => ModuleDefinition[]): ModuleDefinition {
  const declared = (): AnyEvent[] => list().flatMap((module) => module.events);
  return defineModule({
    slug: "webhooks",
    name: "Webhooks",
    version: "1.0.0",
    dependsOn: ["tenants", "index", "storefront"],
    entities: [WebhookEndpoint, WebhookDelivery, WebhookAttempt, HookSecret],
    tables: [
      "hook_receipts",
      "hook_secrets",
      "webhook_attempts",
      "webhook_deliveries",
      "webhook_endpoints",
    ],
    permissions: [
      {
        name: "webhooks:read",
        description: "See where events are sent to, and how that went.",
        roles: ["manager"],
      },
      {
        name: "webhooks:write",
        description: "Have events sent to other services, and give sources their secrets.",
        roles: [],
      },
    ],
    resolvers: [
      WebhookEndpointResolver,
      WebhookDeliveryResolver,
      hookResolver(list),
      TraceWebhooksResolver,
    ],
    routes: [...Object.values(endpoints), ...eventRoutes(declared), ...hookRoutes(list)],
    events: Object.values(events),
    jobs: [fanOutWebhooks, deliverWebhook, replayWebhooks],
    schedules: [requeueWebhooks, forgetOldWebhookLog],
    gauges: webhookGauges,
    listeners: [
      heard(declared, fanOutWebhooks),
      on([events.WebhookDeliveryQueued], deliverWebhook, (queued) =>
        queued.map((event) => ({ payload: event.payload as never, events: [event] })),
      ),
      on([events.WebhookReplayRequested], replayWebhooks, (requested) =>
        requested.map((event) => ({ payload: event.payload as never, events: [event] })),
      ),
    ],
  });
}
