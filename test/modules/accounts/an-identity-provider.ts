import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Configuration } from "oidc-provider";
import { afterwards } from "#test/afterwards";

/** Somebody whom the provider knows: their claims, beside `sub`. */
export type Claims = Record<string, string | boolean>;

/** A real OpenID Connect provider, and the browser of whoever signs in to it. */
export interface IdentityProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  people: Map<string, Claims>;
  /** Done before the next code is exchanged for tokens. */
  beforeTokens: () => Promise<unknown>;
  /** Opens the address as this person's browser would; resolves with where it is sent in the end. */
  browse(authorizationUrl: string, person: string): Promise<string>;
}

const clientId = "rustok";
const clientSecret = "a secret of the client, known to both & :";
const redirectUri = "http://localhost:4999/signed-in";

export async function anIdentityProvider(): Promise<IdentityProvider> {
  const people = new Map<string, Claims>();
  let who = "";
  const http = createServer();
  http.listen(0, "127.0.0.1");
  await new Promise((resolve) => http.once("listening", resolve));
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, configuration(people));
  const answer = provider.callback();
  http.on("request", (request, response) => {
    if (request.url === "/token") {
      void idp.beforeTokens().then(() => answer(request, response));
      return;
    }
    if (!request.url?.startsWith("/interaction/")) {
      void answer(request, response);
      return;
    }
    // Where a person would type their password and agree.
    void consent(provider, who).then(
      (grantId) =>
        provider.interactionFinished(request, response, {
          login: { accountId: who },
          consent: { grantId },
        }),
      () => response.writeHead(500).end(),
    );
  });
  afterwards(() => {
    http.closeAllConnections();
    http.close();
  });
  const idp: IdentityProvider = {
    issuer,
    clientId,
    clientSecret,
    redirectUri,
    people,
    beforeTokens: async () => {},
    async browse(authorizationUrl, person) {
      who = person;
      return followed(authorizationUrl);
    },
  };
  return idp;
}

const configuration = (people: Map<string, Claims>): Configuration => ({
  clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, ...people.get(id) }) }),
  cookies: { keys: ["the keys of cookies of a test"] },
  // Both have to prove by PKCE that they are the same.
  pkce: { required: () => true },
});

async function consent(provider: Provider, accountId: string): Promise<string> {
  const grant = new provider.Grant({ accountId, clientId });
  grant.addOIDCScope("openid email profile");
  return grant.save();
}

/** Follows redirects with a jar of cookies of its own, as far as the client's page. */
async function followed(from: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = from;
  for (let step = 0; step < 10; step++) {
    if (url.startsWith(redirectUri)) return url;
    const response = await fetch(url, {
      redirect: "manual",
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const next = response.headers.get("location");
    if (!next) throw new Error(`${response.status} at ${url}: ${await response.text()}`);
    url = new URL(next, url).href;
  }
  throw new Error(`There is no end to it: ${url}`);
}
