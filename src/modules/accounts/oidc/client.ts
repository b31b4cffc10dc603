import { LRUCache } from "lru-cache";
import * as oidc from "openid-client";
import type { OidcProvider } from "#entities/accounts/oidc-provider";
import type { RequestContext } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import { DomainError } from "#kernel/errors";
import { guardedFetch } from "#kernel/outbound/guarded-fetch";
import { unseal } from "#kernel/security/sealed";
import { setupOf } from "../setup.ts";
import { sealedFor } from "./provider.service.ts";

/** How long to wait for a provider, in seconds. */
const timeout = 5;
/** A provider's metadata hardly ever change. */
const knownMs = 10 * 60_000;
/** One that cannot be used is asked again after so long: each time somebody waits for it, and it is a request of ours. */
const failedMs = 30_000;

/** Asked for, or on the way: who asks meanwhile waits for the same answer. */
type Clients = LRUCache<string, Promise<oidc.Configuration>>;
const known = new WeakMap<Database, Clients>();

/** What the provider says of itself does not come, or is not what it is to be. */
export class ProviderUnusable extends DomainError {
  constructor(name: string) {
    super({
      code: "NOT_CONFIGURED",
      status: 502,
      message: `"${name}" does not answer as it is configured.`,
    });
  }
}

/** A client of the provider, by its own metadata. Throws {@link ProviderUnusable}. */
export function clientOf(ctx: RequestContext, provider: OidcProvider): Promise<oidc.Configuration> {
  const clients: Clients = known.get(ctx.db) ?? new LRUCache({ max: 200, ttl: knownMs });
  known.set(ctx.db, clients);
  const key = `${provider.id} ${provider.revision}`;
  const found = clients.get(key);
  if (found) return found;
  const asked = discovered(ctx, provider);
  clients.set(key, asked);
  asked.catch(() => clients.set(key, asked, { ttl: failedMs }));
  return asked;
}

async function discovered(
  ctx: RequestContext,
  provider: OidcProvider,
): Promise<oidc.Configuration> {
  const { secret, production, allowedRanges } = setupOf(ctx);
  const { issuer, clientId, clientSecret, name } = provider;
  const opened = clientSecret ? unseal(secret, sealedFor, clientSecret) : undefined;
  if (clientSecret && opened === undefined) {
    ctx.log.warn(
      { provider: provider.id },
      "a client secret was sealed with another RUSTOK_SECRET",
    );
    throw new ProviderUnusable(name);
  }
  try {
    return await oidc.discovery(
      new URL(issuer),
      clientId,
      undefined,
      opened === undefined ? oidc.None() : oidc.ClientSecretBasic(opened),
      {
        timeout,
        // Who sets a provider up says where it is, and it says where the rest of it is.
        ...(production && { [oidc.customFetch]: guardedFetch(allowedRanges) as oidc.CustomFetch }),
        // Over TLS the standard does without; a signature that is there is looked at all the same.
        execute: [
          oidc.enableNonRepudiationChecks,
          ...(production ? [] : [oidc.allowInsecureRequests]),
        ],
      },
    );
  } catch (error) {
    ctx.log.warn({ err: error, provider: provider.id }, "a sign-in provider cannot be used");
    throw new ProviderUnusable(name);
  }
}
