import { z } from "zod";
import { label, verbatim } from "#kernel/fields";
import { defineRoute } from "#kernel/rest/routes";
import { NewPassword } from "../passwords/rule.ts";
import { me } from "./me.ts";
import { confirmEmail, requestEmailChange, requestVerification } from "./profile.service.ts";
import { confirmRegistration, register } from "./registration.service.ts";
import { Email } from "./user.input.ts";

const Token = z.object({ token: verbatim(200).meta({ description: "Of the mail." }) });

export const registerAccount = defineRoute({
  method: "post",
  path: "/auth/register",
  summary: "Have a mail sent for making an account",
  description: "The answer does not tell whether there is one already.",
  access: "public",
  body: z.object({ email: Email, name: label(255), locale: verbatim(35).nullish() }),
  status: 202,
  errors: ["FORBIDDEN", "RATE_LIMITED", "NOT_CONFIGURED"],
  run: (ctx, { body }) => register(ctx, body),
});

export const confirmAccount = defineRoute({
  method: "post",
  path: "/auth/register/confirm",
  summary: "Make the account that was registered",
  access: "public",
  body: Token.extend({ password: NewPassword }),
  errors: ["CONFLICT", "RATE_LIMITED"],
  run: (ctx, { body }) => confirmRegistration(ctx, body),
});

export const whoAmI = defineRoute({
  method: "get",
  path: "/auth/me",
  summary: "Who has signed in",
  access: "signed-in",
  reply: z
    .object({
      id: z.guid(),
      email: z.string(),
      emailVerified: z.boolean(),
      name: z.string(),
      role: z.string(),
      permissions: z.array(z.string()),
      hasPassword: z.boolean(),
      secondFactor: z.boolean(),
    })
    .meta({ id: "Me" }),
  run: (ctx) => me(ctx),
});

export const changeEmail = defineRoute({
  method: "post",
  path: "/auth/email",
  summary: "Have a mail sent to a new address of yours",
  access: "signed-in",
  body: z.object({ email: Email, password: verbatim(1_000) }),
  status: 202,
  errors: ["RATE_LIMITED", "NOT_CONFIGURED"],
  run: (ctx, { body }) => requestEmailChange(ctx, body),
});

export const verifyEmail = defineRoute({
  method: "post",
  path: "/auth/email/verify",
  summary: "Have a mail sent to your address, by which you confirm it",
  access: "signed-in",
  status: 202,
  errors: ["RATE_LIMITED", "NOT_CONFIGURED"],
  run: (ctx) => requestVerification(ctx),
});

export const confirmAddress = defineRoute({
  method: "post",
  path: "/auth/email/confirm",
  summary: "Confirm an address with the token of a mail",
  access: "public",
  body: Token,
  errors: ["CONFLICT", "RATE_LIMITED"],
  run: (ctx, { body }) => confirmEmail(ctx, body.token),
});
