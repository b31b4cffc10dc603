import { z } from "zod";
import { verbatim } from "#kernel/fields";
import { defineRoute } from "#kernel/rest/routes";
import { Email } from "../users/user.input.ts";
import { changeOwn, requestReset, reset } from "./password.service.ts";
import { NewPassword } from "./rule.ts";

export const changePassword = defineRoute({
  method: "post",
  path: "/auth/password",
  summary: "Change your password; elsewhere you are signed out",
  access: "signed-in",
  body: z.object({ password: verbatim(1_000), newPassword: NewPassword }),
  errors: ["RATE_LIMITED"],
  run: (ctx, { body }) => changeOwn(ctx, body),
});

export const forgotPassword = defineRoute({
  method: "post",
  path: "/auth/password/forgotten",
  summary: "Have a mail sent for choosing a new password",
  description: "The answer does not tell whether there is an account.",
  access: "public",
  body: z.object({ email: Email, locale: verbatim(35).nullish() }),
  status: 202,
  errors: ["RATE_LIMITED", "NOT_CONFIGURED"],
  run: (ctx, { body }) => requestReset(ctx, body),
});

export const resetPassword = defineRoute({
  method: "post",
  path: "/auth/password/reset",
  summary: "Choose a password with the token of a mail; you are signed out everywhere",
  description: "Of an invitation, too.",
  access: "public",
  body: z.object({ token: verbatim(200), password: NewPassword }),
  errors: ["RATE_LIMITED"],
  run: (ctx, { body }) => reset(ctx, body),
});
