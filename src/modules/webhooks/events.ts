import { z } from "zod";
import { disabledReasons } from "#entities/webhooks/endpoint";
import { defineEvent } from "#kernel/events/event";
import { Id } from "#kernel/ids";

const ofEndpoint = {
  version: 1,
  payload: z.object({ endpointId: Id, revision: z.int().positive() }),
};
export const WebhookEndpointCreated = defineEvent("webhook.endpoint-created", ofEndpoint);
export const WebhookEndpointUpdated = defineEvent("webhook.endpoint-updated", ofEndpoint);
export const WebhookEndpointDeleted = defineEvent("webhook.endpoint-deleted", ofEndpoint);
export const WebhookSecretRotated = defineEvent("webhook.secret-rotated", ofEndpoint);
/** An endpoint was given up: it said that it is gone, or nothing but failed for five days. */
export const WebhookEndpointDisabled = defineEvent("webhook.endpoint-disabled", {
  version: 1,
  payload: ofEndpoint.payload.extend({ reason: z.enum(disabledReasons) }),
});

/** A delivery is to be attempted now. */
export const WebhookDeliveryQueued = defineEvent("webhook.delivery-queued", {
  version: 1,
  internal: true,
  payload: z.object({ deliveryId: Id, endpointId: Id }),
});

/** An endpoint is to be sent what there was between two moments, or since an event. */
export const WebhookReplayRequested = defineEvent("webhook.replay-requested", {
  version: 1,
  internal: true,
  payload: z.object({
    endpointId: Id,
    from: z.iso.datetime().nullable(),
    until: z.iso.datetime().nullable(),
    sinceEventId: Id.nullable(),
  }),
});

const ofHook = { version: 1, payload: z.object({ source: z.string() }) };
/** What a source of webhooks signs with was made or changed. */
export const HookSecretRotated = defineEvent("hook.secret-rotated", ofHook);
export const HookSecretDeleted = defineEvent("hook.secret-deleted", ofHook);

/** What somebody has sent to see whether an endpoint works; it goes to that one alone. */
export const WebhookTest = defineEvent("webhook.test", {
  version: 1,
  payload: z.object({ endpointId: Id }),
});
