import { z } from "zod";
import { verbatim } from "#kernel/fields";
import { defineRoute } from "#kernel/rest/routes";
import { begin, end, finish, newRecoveryCodes } from "./own.service.ts";

const password = verbatim(1_000);
const code = verbatim(40).meta({ description: "Of the app, or a recovery code." });
const errors = ["UNAUTHENTICATED", "RATE_LIMITED"] as const;
const recoveryCodes = z
  .object({
    recoveryCodes: z.array(z.string()).meta({ description: "Shown this once; each is good once." }),
  })
  .meta({ id: "RecoveryCodes" });

export const beginSecondFactor = defineRoute({
  method: "post",
  path: "/auth/second-factor",
  summary: "Begin to set up a second factor",
  access: "signed-in",
  secret: true,
  body: z.object({ password }),
  reply: z.object({
    secret: z.string().meta({ description: "Base32, to type into an app." }),
    uri: z.string().meta({ description: "otpauth://, to show as a QR code." }),
  }),
  errors: ["CONFLICT", "RATE_LIMITED"],
  run: (ctx, { body }) => begin(ctx, body.password),
});

export const confirmSecondFactor = defineRoute({
  method: "post",
  path: "/auth/second-factor/confirm",
  summary: "Turn the second factor on with a first code of the app",
  access: "signed-in",
  secret: true,
  body: z.object({ code: verbatim(40) }),
  reply: recoveryCodes,
  errors: ["RATE_LIMITED"],
  run: async (ctx, { body }) => ({ recoveryCodes: await finish(ctx, body.code) }),
});

export const renewRecoveryCodes = defineRoute({
  method: "post",
  path: "/auth/second-factor/recovery-codes",
  summary: "Have new recovery codes; the old ones are good no more",
  access: "signed-in",
  secret: true,
  body: z.object({ password, code }),
  reply: recoveryCodes,
  errors: [...errors],
  run: async (ctx, { body }) => ({ recoveryCodes: await newRecoveryCodes(ctx, body) }),
});

export const endSecondFactor = defineRoute({
  method: "post",
  path: "/auth/second-factor/off",
  summary: "Turn the second factor off",
  access: "signed-in",
  body: z.object({ password, code }),
  errors: [...errors],
  run: (ctx, { body }) => end(ctx, body),
});
