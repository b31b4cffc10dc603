import { LRUCache } from "lru-cache";
import * as oidc from "openid-client";
import type { OidcProvider } from "#entities/accounts/oidc-provider";
import type { RequestContext } from "#kernel/context";
import type { Database } from "#kernel/database";
import { DomainError } from "#kernel/errors";
import { unseal } from "#kernel/sealed";
import { setupOf } from "../setup.ts";
import { sealedFor } from "./provider.service.ts";

/** How long to wait for a provider, in seconds. */
const timeout = 5;
/** A provider's metadata hardly ever change. */
const knownMs = 10 * 60_000;

type Clients = LRUCache<string, oidc.Configuration>;
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
export async function clientOf(
  ctx: RequestContext,
  provider: OidcProvider,
): Promise<oidc.Configuration> {
  const clients = known.get(ctx.db) ?? new LRUCache({ max: 200, ttl: knownMs });
  known.set(ctx.db, clients);
  const key = `${provider.id} ${provider.revision}`;
  const found = clients.get(key) ?? (await discovered(ctx, provider));
  clients.set(key, found);
  return found;
}

async function discovered(
  ctx: RequestContext,
  provider: OidcProvider,
): Promise<oidc.Configuration> {
  const { secret, production } = setupOf(ctx);
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
