import { z } from "zod";
import { verbatim } from "#kernel/fields";
import { Id } from "#kernel/ids";
import { defineRoute } from "#kernel/rest/routes";
import { ownSessions } from "./session.queries.ts";
import { endAllOwn, endOwn, refresh, signOut } from "./session.service.ts";
import { signIn } from "./sign-in.ts";
import { counted } from "./sign-in-metrics.ts";
import { replyWith, tokensReply } from "./tokens.reply.ts";

const RefreshToken = z.object({ refreshToken: verbatim(200) });

export const login = defineRoute({
  method: "post",
  path: "/auth/login",
  summary: "Sign in",
  description:
    'With a second factor, the first answer is UNAUTHENTICATED with `details.reason` "SECOND_FACTOR_REQUIRED"; then send `code`, too.',
  access: "public",
  secret: true,
  body: z.object({
    email: verbatim(254),
    password: verbatim(1_000),
    code: verbatim(40).nullish().meta({ description: "Of the second factor, or a recovery code." }),
  }),
  reply: tokensReply,
  errors: ["UNAUTHENTICATED", "RATE_LIMITED"],
  run: async (ctx, { body }) => replyWith(await counted("password", signIn(ctx, body))),
});

export const refreshTokens = defineRoute({
  method: "post",
  path: "/auth/refresh",
  summary: "Exchange a refresh token for the next pair of tokens",
  description:
    "Sent again within ten seconds it is answered with the same successor; later it ends the session.",
  access: "public",
  secret: true,
  body: RefreshToken,
  reply: tokensReply,
  errors: ["UNAUTHENTICATED", "RATE_LIMITED"],
  run: async (ctx, { body }) =>
    replyWith(await counted("refresh", refresh(ctx, body.refreshToken))),
});

export const logout = defineRoute({
  method: "post",
  path: "/auth/logout",
  summary: "End the session of a refresh token",
  access: "public",
  body: RefreshToken,
  run: (ctx, { body }) => signOut(ctx, body.refreshToken),
});

const moment = z.iso.datetime();

export const sessions = defineRoute({
  method: "get",
  path: "/auth/sessions",
  summary: "Where you are signed in",
  access: "signed-in",
  reply: z.object({
    sessions: z.array(
      z
        .object({
          id: z.guid(),
          current: z.boolean().meta({ description: "Whether it is the one that asks." }),
          method: z.string(),
          address: z.string().nullable(),
          userAgent: z.string().nullable(),
          createdAt: moment,
          refreshedAt: moment,
          expiresAt: moment,
        })
        .meta({ id: "Session" }),
    ),
  }),
  run: async (ctx) => ({
    sessions: (await ownSessions(ctx)).map(
      ({ id, current, method, address, userAgent, createdAt, refreshedAt, expiresAt }) => ({
        id,
        current,
        method,
        address,
        userAgent,
        createdAt: createdAt.toISOString(),
        refreshedAt: refreshedAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
      }),
    ),
  }),
});

export const endSession = defineRoute({
  method: "delete",
  path: "/auth/sessions/{id}",
  summary: "End one of your sessions",
  access: "signed-in",
  params: z.object({ id: Id }),
  errors: ["NOT_FOUND"],
  run: (ctx, { params }) => endOwn(ctx, params.id),
});

export const endSessions = defineRoute({
  method: "delete",
  path: "/auth/sessions",
  summary: "Sign out everywhere",
  access: "signed-in",
  async run(ctx) {
    await endAllOwn(ctx);
  },
});
