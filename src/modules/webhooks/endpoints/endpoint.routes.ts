import { z } from "zod";
import { Id } from "#kernel/ids";
import { defineRoute } from "#kernel/rest/routes";
import { requestReplay } from "../deliveries/replay.service.ts";
import { sendTest } from "../deliveries/test.service.ts";
import { createWebhookEndpoint, webhookEndpointChanges } from "./endpoint.input.ts";
import { all, read } from "./endpoint.queries.ts";
import { shownAs, webhookEndpoint, withSecret } from "./endpoint.schema.ts";
import * as endpoints from "./endpoint.service.ts";
import { viewEndpoint } from "./endpoint.view.ts";

const one = z.object({ id: Id });
const seen = z.object({
  revision: z
    .int()
    .positive()
    .optional()
    .meta({ description: "The revision you read; a stale one is a CONFLICT." }),
});
const [write, below] = ["webhooks:write", "/v1/webhook-endpoints/{id}"];

const shownWithSecret = ({ endpoint, secret }: endpoints.WithSecret) => ({
  endpoint: shownAs(viewEndpoint(endpoint)),
  secret,
});

export const listEndpoints = defineRoute({
  method: "get",
  path: "/v1/webhook-endpoints",
  summary: "All webhook endpoints, oldest first",
  access: "webhooks:read",
  reply: z.object({ endpoints: z.array(webhookEndpoint) }),
  run: async (ctx) => ({
    endpoints: (await all(ctx)).map((endpoint) => shownAs(viewEndpoint(endpoint))),
  }),
});

export const createEndpoint = defineRoute({
  method: "post",
  path: "/v1/webhook-endpoints",
  summary: "Have events sent to a URL",
  access: write,
  body: createWebhookEndpoint,
  reply: withSecret,
  status: 201,
  errors: ["CONFLICT"],
  secret: true,
  run: async (ctx, { body }) => shownWithSecret(await endpoints.create(ctx, body)),
});

export const readEndpoint = defineRoute({
  method: "get",
  path: below,
  summary: "A webhook endpoint",
  access: "webhooks:read",
  params: one,
  reply: webhookEndpoint,
  errors: ["NOT_FOUND"],
  run: async (ctx, { params }) => shownAs(viewEndpoint(await read(ctx, params.id))),
});

export const updateEndpoint = defineRoute({
  method: "patch",
  path: below,
  summary: "Change a webhook endpoint; what is left out stays",
  access: write,
  params: one,
  body: webhookEndpointChanges.extend(seen.shape),
  reply: webhookEndpoint,
  errors: ["NOT_FOUND", "CONFLICT"],
  run: async (ctx, { params, body }) =>
    shownAs(viewEndpoint(await endpoints.update(ctx, { ...body, ...params }))),
});

export const deleteEndpoint = defineRoute({
  method: "delete",
  path: below,
  summary: "Remove a webhook endpoint, with the log of its deliveries",
  access: write,
  params: one,
  errors: ["NOT_FOUND"],
  run: (ctx, { params }) => endpoints.remove(ctx, params),
});

export const rotateSecret = defineRoute({
  method: "post",
  path: `${below}/rotate-secret`,
  summary: "Give a webhook endpoint another secret",
  description: "For 24 hours messages are signed with the one before, too.",
  access: write,
  params: one,
  reply: withSecret,
  errors: ["NOT_FOUND"],
  secret: true,
  run: async (ctx, { params }) => shownWithSecret(await endpoints.rotateSecret(ctx, params)),
});

export const enableEndpoint = defineRoute({
  method: "post",
  path: `${below}/enable`,
  summary: "Send to a disabled webhook endpoint again",
  access: write,
  params: one,
  reply: webhookEndpoint,
  errors: ["NOT_FOUND"],
  run: async (ctx, { params }) => shownAs(viewEndpoint(await endpoints.enable(ctx, params))),
});

export const testEndpoint = defineRoute({
  method: "post",
  path: `${below}/test`,
  summary: "Send a webhook endpoint a test message, now and once",
  access: write,
  params: one,
  reply: z.object({
    succeeded: z.boolean(),
    statusCode: z.int().nullable().meta({ description: "Null when there was no answer." }),
    durationMs: z.int(),
    problem: z.string().nullable(),
    excerpt: z.string().nullable().meta({ description: "The beginning of what was answered." }),
  }),
  errors: ["NOT_FOUND"],
  async run(ctx, { params }) {
    const { succeeded, durationMs, ...attempt } = await sendTest(ctx, params.id);
    return {
      succeeded,
      durationMs,
      statusCode: attempt.statusCode ?? null,
      problem: attempt.problem ?? null,
      excerpt: attempt.excerpt ?? null,
    };
  },
});

const range = z
  .object({
    from: z.iso.datetime({ offset: true }).optional(),
    until: z.iso.datetime({ offset: true }).optional(),
    sinceEventId: Id.optional(),
  })
  .refine(
    ({ from, sinceEventId }) => (from === undefined) !== (sinceEventId === undefined),
    "give either from or sinceEventId",
  );

export const replayEndpoint = defineRoute({
  method: "post",
  path: `${below}/replay`,
  summary: "Send a webhook endpoint what there was, in the background",
  description: "What it wants of a range of time, or of an event and all after it.",
  access: write,
  params: one,
  body: range,
  reply: webhookEndpoint,
  status: 202,
  errors: ["NOT_FOUND", "CONFLICT"],
  async run(ctx, { params, body: { from, until, sinceEventId } }) {
    const endpoint = await requestReplay(ctx, {
      endpointId: params.id,
      sinceEventId,
      from: from === undefined ? undefined : new Date(from),
      until: until === undefined ? undefined : new Date(until),
    });
    return shownAs(viewEndpoint(endpoint));
  },
});
