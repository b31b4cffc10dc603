import { createHash, randomBytes } from "node:crypto";
import * as oidc from "openid-client";
import { z } from "zod";
import { OidcProvider } from "#entities/accounts/oidc-provider";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { BadUserInput, NotFound, Unauthenticated } from "#kernel/errors";
import { seal, unseal } from "#kernel/security/sealed";
import { fromAddress, limits } from "../limits.ts";
import { type SignedIn, start as startSession, tokensOf } from "../sessions/session.service.ts";
import { setupOf } from "../setup.ts";
import { clientOf } from "./client.ts";
import { accountOf, type Vouched } from "./identity.ts";
import { holdProvider } from "./provider.service.ts";

const lifetimeMs = 10 * 60_000;
const sealedFor = "sign-ins elsewhere";

const secrets = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });

/** What a browser starts a sign-in with. */
export interface Started {
  /** Where to send it. */
  authorizationUrl: string;
  /** To be kept by the page that started, and shown at the end: nobody else can end what it has begun. */
  flow: string;
}

/** Throws NOT_FOUND, BAD_USER_INPUT for a page that is not the provider's to come back to. */
export async function start(
  ctx: RequestContext,
  handle: string,
  redirectUri: string,
): Promise<Started> {
  const { secret, throttle } = setupOf(ctx);
  await throttle.take(...fromAddress(ctx, limits.token));
  const provider = await enabled(ctx, handle);
  if (!provider.redirectUris.includes(redirectUri)) {
    throw BadUserInput.at(["redirectUri"], "is none of the provider's");
  }
  const client = await clientOf(ctx, provider);
  const verifier = oidc.randomPKCECodeVerifier();
  const own = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier };
  const flow = randomBytes(32).toString("base64url");
  await inTransaction(ctx, (tx) =>
    tx.sql(
      `insert into oidc_sign_ins (tenant_id, flow_hash, provider_id, secrets, redirect_uri, expires_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        tx.tenant.id,
        digest(flow),
        provider.id,
        seal(secret, sealedFor, JSON.stringify(own)),
        redirectUri,
        new Date(tx.now.getTime() + lifetimeMs),
      ],
    ),
  );
  const url = oidc.buildAuthorizationUrl(client, {
    redirect_uri: redirectUri,
    scope: "openid email profile",
    state: own.state,
    nonce: own.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  return { authorizationUrl: url.href, flow };
}

/**
 * `callback` is the address that the browser came back to. Throws UNAUTHENTICATED when the provider does not
 * vouch for anybody, FORBIDDEN when whom it vouches for has no account here and gets none.
 */
export async function finish(
  ctx: RequestContext,
  handle: string,
  { flow, callback }: { flow: string; callback: string },
): Promise<SignedIn> {
  await setupOf(ctx).throttle.take(...fromAddress(ctx, limits.token));
  const provider = await enabled(ctx, handle);
  const begun = await take(ctx, provider, flow);
  const vouched = await ask(ctx, provider, begun, callback);
  const session = await inTransaction(ctx, async (tx) => {
    if (!(await holdProvider(tx, provider))) throw notConfirmed(provider);
    return startSession(tx, await accountOf(tx, provider, vouched), "oidc");
  });
  return tokensOf(ctx, session);
}

type Begun = z.output<typeof secrets> & { redirectUri: string };

/** Each is ended once, by whoever began it. */
async function take(ctx: RequestContext, provider: OidcProvider, flow: string): Promise<Begun> {
  const [begun] = await inTransaction(ctx, (tx) =>
    tx.sql<{ secrets: string; redirectUri: string }>(
      `delete from oidc_sign_ins where flow_hash = $1 and provider_id = $2 and expires_at > now()
       returning secrets, redirect_uri as "redirectUri"`,
      [digest(flow), provider.id],
    ),
  );
  const opened = begun && unseal(setupOf(ctx).secret, sealedFor, begun.secrets);
  if (!opened)
    throw new Unauthenticated("This sign-in has not begun here, or is over: begin anew.");
  return { ...secrets.parse(JSON.parse(opened)), redirectUri: begun.redirectUri };
}

/** Whom the provider vouches for. */
async function ask(
  ctx: RequestContext,
  provider: OidcProvider,
  { state, nonce, verifier, redirectUri }: Begun,
  callback: string,
): Promise<Vouched> {
  const client = await clientOf(ctx, provider);
  // Of the address only what the provider has put there: the rest is what we sent.
  const returned = new URL(redirectUri);
  for (const [name, value] of new URL(callback).searchParams)
    returned.searchParams.set(name, value);
  try {
    const tokens = await oidc.authorizationCodeGrant(client, returned, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error("There is no ID token.");
    if (claims["email"] !== undefined || !client.serverMetadata().userinfo_endpoint) return claims;
    return { ...(await oidc.fetchUserInfo(client, tokens.access_token, claims.sub)) };
  } catch (error) {
    ctx.log.info({ err: error, provider: provider.id }, "a sign-in elsewhere did not succeed");
    throw notConfirmed(provider);
  }
}

const notConfirmed = ({ name }: OidcProvider) =>
  new Unauthenticated(`"${name}" did not confirm who you are: begin anew.`);

async function enabled(ctx: RequestContext, handle: string): Promise<OidcProvider> {
  const found = await inTransaction(ctx, ({ em }) =>
    em.findOne(OidcProvider, { handle, enabled: true }),
  );
  if (!found) throw new NotFound("sign-in provider", handle);
  return found;
}

const digest = (text: string) => createHash("sha256").update(text).digest("base64url");
