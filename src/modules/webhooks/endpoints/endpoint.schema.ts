import { z } from "zod";
import { disabledReasons } from "#entities/webhooks/endpoint";
import { EndpointStatusEnum, type WebhookEndpointView } from "./endpoint.view.ts";

const moment = z.iso.datetime();

/** An endpoint, as REST answers it. */
export const webhookEndpoint = z
  .object({
    id: z.guid(),
    revision: z.int(),
    url: z.string(),
    description: z.string(),
    patterns: z.array(z.string()),
    apiVersion: z.string(),
    headerNames: z.array(z.string()),
    status: z.enum(Object.values(EndpointStatusEnum)),
    disabledReason: z.enum(disabledReasons).nullable(),
    disabledAt: moment.nullable(),
    failingSince: moment.nullable(),
    previousSecretUntil: moment
      .nullable()
      .meta({ description: "Until when messages are signed with the secret before, too." }),
    createdAt: moment,
    updatedAt: moment,
  })
  .meta({ id: "WebhookEndpoint" });

export const withSecret = z.object({
  endpoint: webhookEndpoint,
  secret: z.string().meta({ description: "Shown this once; messages are signed with it." }),
});

type Answer = z.output<typeof webhookEndpoint>;

/** Moments as JSON has them. */
export function shownAs(view: WebhookEndpointView): Answer {
  const { disabledReason, disabledAt, failingSince, previousSecretUntil, ...rest } = view;
  return {
    ...rest,
    disabledReason: disabledReason as Answer["disabledReason"],
    disabledAt: disabledAt?.toISOString() ?? null,
    failingSince: failingSince?.toISOString() ?? null,
    previousSecretUntil: previousSecretUntil?.toISOString() ?? null,
    createdAt: view.createdAt.toISOString(),
    updatedAt: view.updatedAt.toISOString(),
  };
}
