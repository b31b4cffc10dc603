import { z } from "zod";
import { verbatim } from "#kernel/fields";
import { defineRoute } from "#kernel/rest/routes";
import { counted } from "../sessions/sign-in-metrics.ts";
import { replyWith, tokensReply } from "../sessions/tokens.reply.ts";
import { all } from "./provider.service.ts";
import { finish, start } from "./sign-in.ts";

const params = z.object({ provider: verbatim(255) });

export const signInProviders = defineRoute({
  method: "get",
  path: "/auth/oidc",
  summary: "Where else one can sign in",
  access: "public",
  reply: z.object({ providers: z.array(z.object({ handle: z.string(), name: z.string() })) }),
  run: async (ctx) => ({
    providers: (await all(ctx))
      .filter(({ enabled }) => enabled)
      .map(({ handle, name }) => ({ handle, name })),
  }),
});

export const startOidc = defineRoute({
  method: "post",
  path: "/auth/oidc/{provider}/start",
  summary: "Start a sign-in by OpenID Connect",
  description:
    "Keep `flow`, in the session storage say, and send the browser to `authorizationUrl`.",
  access: "public",
  secret: true,
  params,
  body: z.object({
    redirectUri: verbatim(2_000).meta({ description: "Your page; one of the provider's." }),
  }),
  reply: z.object({ authorizationUrl: z.string(), flow: z.string() }),
  errors: ["NOT_FOUND", "NOT_CONFIGURED", "RATE_LIMITED"],
  run: (ctx, { params: { provider }, body }) => start(ctx, provider, body.redirectUri),
});

export const finishOidc = defineRoute({
  method: "post",
  path: "/auth/oidc/{provider}/finish",
  summary: "Finish a sign-in by OpenID Connect",
  access: "public",
  secret: true,
  params,
  body: z.object({
    flow: verbatim(200),
    callback: z
      .url()
      .max(8_000)
      .meta({ description: "The whole address that the browser came back to." }),
  }),
  reply: tokensReply,
  errors: ["UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND", "NOT_CONFIGURED", "RATE_LIMITED"],
  run: async (ctx, { params: { provider }, body }) =>
    replyWith(await counted("oidc", finish(ctx, provider, body))),
});
