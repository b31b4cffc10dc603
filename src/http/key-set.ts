import { z } from "zod";
import type { SystemRoute } from "./system-route.ts";

/** A new key is shown for as long before it signs. */
const rememberedSeconds = 300;

const KeySet = z
  .object({ keys: z.array(z.looseObject({ kty: z.string() })) })
  .meta({ id: "KeySet", description: "RFC 7517." });

/** By what others can verify our access tokens, in every tenant. */
export const keySetRoutes: SystemRoute[] = [
  {
    path: "/.well-known/jwks.json",
    summary: "The keys that verify access tokens",
    access: "public",
    replies: {
      200: {
        description: "All that are good.",
        mediaType: "application/jwk-set+json",
        schema: KeySet,
      },
    },
    async run(ctx, { tokens }) {
      ctx.set("Cache-Control", `public, max-age=${rememberedSeconds}`);
      ctx.type = "application/jwk-set+json";
      ctx.body = JSON.stringify(await tokens.keySet());
    },
  },
];
