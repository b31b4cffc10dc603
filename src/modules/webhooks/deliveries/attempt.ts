import type { RequestContext } from "#kernel/context";
import type { Headers } from "../endpoints/headers.ts";
import { bodyOf, signatureOf } from "../messages/message.ts";
import type { Outcome } from "../outbound/send.ts";
import { opened, secretsOf } from "../secrets.ts";
import { setupOf } from "../setup.ts";
import type { Claimed } from "./claim.ts";

/** Sends a delivery's message, once. It resolves however that ends. */
export async function attempt(ctx: RequestContext, claimed: Claimed): Promise<Outcome> {
  const startedAt = new Date();
  const secrets = secretsOf(ctx, claimed, startedAt);
  const headers = claimed.headerSecrets === null ? "[]" : opened(ctx, claimed.headerSecrets);
  if (secrets.length === 0 || headers === undefined) return unsealable(startedAt);
  const body = await bodyOf(ctx, claimed, claimed.apiVersion);
  return setupOf(ctx).send({
    url: claimed.url,
    body,
    headers: {
      ...Object.fromEntries(
        (JSON.parse(headers) as Headers).map(({ name, value }): [string, string] => [name, value]),
      ),
      "Content-Type": "application/json",
      "User-Agent": "RusTok-Webhooks/1.0",
      ...signatureOf(secrets, { id: claimed.eventId, at: startedAt, body }),
    },
  });
}

const unsealable = (startedAt: Date): Outcome => ({
  startedAt,
  durationMs: 0,
  status: null,
  problem:
    "The endpoint's secrets cannot be opened: RUSTOK_SECRET has changed. Rotate its secret and set its headers anew.",
  excerpt: null,
  retryAfterMs: null,
});
