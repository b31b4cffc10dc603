import { z } from "zod";
import { verbatim } from "#kernel/fields";
import { defineRoute } from "#kernel/routes";
import { issue, lifetimeSeconds } from "#kernel/tokens";
import { authenticate, permissionsOf } from "./user.service.ts";

/** Exchanges an address and a password for a short-lived token. */
export const login = defineRoute({
  method: "post",
  path: "/auth/login",
  summary: "Sign in",
  access: "public",
  secret: true,
  errors: ["UNAUTHENTICATED"],
  body: z.object({ email: verbatim(254), password: verbatim(1_000) }),
  reply: z.object({
    accessToken: z.string(),
    tokenType: z.literal("Bearer"),
    expiresIn: z.int().meta({ description: "Seconds." }),
  }),
  async run(ctx, { body: { email, password } }, { secret, permissions }) {
    const user = await authenticate(ctx, email, password);
    const accessToken = await issue(
      { sub: user.id, tenant: ctx.tenant.id, permissions: permissionsOf(user.role, permissions) },
      secret,
    );
    return { accessToken, tokenType: "Bearer" as const, expiresIn: lifetimeSeconds };
  },
});
