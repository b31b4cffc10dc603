import { z } from "zod";
import type { SignedIn } from "./session.service.ts";

/** What a sign-in and a refresh answer. */
export const tokensReply = z
  .object({
    accessToken: z.string().meta({ description: "Sent as `Authorization: Bearer <token>`." }),
    tokenType: z.literal("Bearer"),
    expiresIn: z.int().meta({ description: "Seconds that the access token is good for." }),
    refreshToken: z.string().meta({ description: "Good once: exchanged for the next pair." }),
  })
  .meta({ id: "Tokens" });

export const replyWith = (tokens: SignedIn): z.output<typeof tokensReply> => ({
  ...tokens,
  tokenType: "Bearer",
});
