import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeAll, expect, test } from "vitest";
import { rangeOf } from "#kernel/outbound/addresses";
import { accountsWith } from "#modules/accounts";
import { afterwards } from "#test/afterwards";
import { installation } from "#test/installation";
import { server } from "#test/server";
import { grantPlatform, revokePlatform } from "../../../src/commands/platform-grant.ts";
import { setupOf } from "../../../src/modules/accounts/setup.ts";
import { aSite, type Site, type Tokens } from "./a-site.ts";
import { anIdentityProvider, type IdentityProvider } from "./an-identity-provider.ts";

const { db, owner } = await installation();
const client = await server();
let idp: IdentityProvider;

beforeAll(async () => {
  idp = await anIdentityProvider();
  idp.people.set("42", { email: "Ann@example.com", email_verified: true, name: "Ann" });
  idp.people.set("43", { email: "mallory@example.com", email_verified: false, name: "M" });
  idp.people.set("44", {});
});

interface Elsewhere extends Site {
  start(): Promise<{ authorizationUrl: string; flow: string }>;
  finish(flow: string, callback: string): ReturnType<Site["call"]>;
  /** From the first click to the answer. */
  signInAs(person: string): ReturnType<Site["call"]>;
  configure(mutation: string, input: object): Promise<Record<string, unknown>>;
}

/** A tenant that lets the provider vouch for its people. */
async function elsewhere(given: object = {}): Promise<Elsewhere> {
  const site = await aSite();
  await site.aUser("admin@example.com", "administrator");
  const { accessToken } = await site.signIn("admin@example.com");
  const configure = async (mutation: string, input: object) => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const { data, errors } = await client.graphql<Record<string, Record<string, unknown>>>(
      site.tenant,
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { id hasClientSecret enabled } }`,
      { input },
      accessToken,
    );
    return data?.[mutation] ?? errors?.[0]?.extensions ?? {};
  };
  await configure("createOidcProvider", {
    handle: "company",
    name: "The company",
    issuer: idp.issuer,
    clientId: idp.clientId,
    clientSecret: idp.clientSecret,
    redirectUris: [idp.redirectUri],
    ...given,
  });
  const start = async () => {
    const { status, body } = await site.call<{ authorizationUrl: string; flow: string }>(
      "/oidc/company/start",
      { body: { redirectUri: idp.redirectUri } },
    );
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body;
  };
  const finish = (flow: string, callback: string) =>
    site.call("/oidc/company/finish", { body: { flow, callback } });
  return {
    ...site,
    start,
    finish,
    configure,
    async signInAs(person) {
      const { authorizationUrl, flow } = await start();
      return finish(flow, await idp.browse(authorizationUrl, person));
    },
  };
}

const me = async (site: Site, { body }: { body: object }) => {
  const { accessToken } = body as Tokens;
  return (await site.call<{ id: string }>("/me", { token: accessToken })).body;
};

const usersOf = async ({ tenant }: Site) => {
  const { rows } = await owner.query<{ email: string; role: string }>(
    "select email, role from users where tenant_id = $1 and email <> 'admin@example.com'",
    [tenant.id],
  );
  return rows;
};

const count = async ({ tenant }: Site, table: string) => {
  const { rowCount } = await owner.query(`select from ${table} where tenant_id = $1`, [tenant.id]);
  return rowCount;
};

const providerOf = async ({ tenant }: Site) => {
  const { rows } = await owner.query<{ id: string }>(
    "select id from oidc_providers where tenant_id = $1",
    [tenant.id],
  );
  return rows[0]?.id;
};

test("a newcomer gets an account where the tenant gives one, and is known again by their subject", async () => {
  const site = await elsewhere({ role: "editor" });
  const first = await site.signInAs("42");
  expect(first.status).toBe(200);
  const known = await me(site, first);
  expect(known).toMatchObject({
    email: "Ann@example.com",
    name: "Ann",
    role: "editor",
    emailVerified: true,
    hasPassword: false,
  });
  const claims = idp.people.get("42") ?? {};
  idp.people.set("42", { ...claims, email: "ann-has-moved@example.com" });
  const again = await site.signInAs("42");
  idp.people.set("42", claims);
  expect((await me(site, again)).id).toBe(known.id);
  expect(await usersOf(site)).toHaveLength(1);
  expect(await site.events()).toContain("oidc-provider.identity-linked");
  const { refreshToken } = again.body as unknown as Tokens;
  expect((await site.call("/refresh", { body: { refreshToken } })).status).toBe(200);
});

test("an account is linked by its address if both sides have seen it verified", async () => {
  const site = await elsewhere();
  const id = await site.aUser("ann@example.com");
  expect((await me(site, await site.signInAs("42"))).id).toBe(id);
});

test("nobody gets into an account whose address was not verified here", async () => {
  const site = await elsewhere({ role: "editor" });
  const id = await site.aUser("ann@example.com");
  await owner.query("update users set email_verified_at = null where id = $1", [id]);
  const { status, body } = await site.signInAs("42");
  expect([status, body.error?.details]).toEqual([403, { reason: "ACCOUNT_NOT_VERIFIED" }]);
  const { rows } = await owner.query("select from oidc_identities where tenant_id = $1", [
    site.tenant.id,
  ]);
  expect(rows).toEqual([]);
});

test("nor by an address that the provider does not vouch for, nor without one", async () => {
  const site = await elsewhere({ role: "editor" });
  await site.aUser("mallory@example.com");
  for (const person of ["43", "44"]) {
    const { status, body } = await site.signInAs(person);
    expect([status, body.error?.details]).toEqual([403, { reason: "EMAIL_NOT_VERIFIED" }]);
  }
  expect(await usersOf(site)).toHaveLength(1);
});

test("no provider vouches for a super administrator, be it by the address or by an older link", async () => {
  const site = await elsewhere({ role: "editor" });
  const id = await site.aUser("ann@example.com");
  const asOwner = { ownerUrl: db.url };
  await grantPlatform(asOwner, site.ctx, "ann@example.com");
  const byAddress = await site.signInAs("42");
  expect([byAddress.status, byAddress.body.error?.details]).toEqual([
    403,
    { reason: "PASSWORD_ONLY" },
  ]);
  expect(await count(site, "oidc_identities")).toBe(0);

  await revokePlatform(asOwner, site.ctx, "ann@example.com");
  expect((await me(site, await site.signInAs("42"))).id).toBe(id);
  await grantPlatform(asOwner, site.ctx, "ann@example.com");
  const byLink = await site.signInAs("42");
  expect([byLink.status, byLink.body.error?.details]).toEqual([403, { reason: "PASSWORD_ONLY" }]);
  const { rows } = await owner.query(
    "select user_id from sessions where tenant_id = $1 and method = 'oidc'",
    [site.tenant.id],
  );
  expect(rows).toEqual([{ user_id: id }]);
});

test("another issuer knows other people: nobody is who they were at the one before", async () => {
  const site = await elsewhere({ role: "customer" });
  const ann = await me(site, await site.signInAs("42"));
  const begun = await site.start();
  const callback = await idp.browse(begun.authorizationUrl, "42");
  const id = await providerOf(site);
  await site.configure("updateOidcProvider", { id, name: "Firm", issuer: idp.issuer });
  expect(await count(site, "oidc_identities")).toBe(1);

  const other = await anIdentityProvider();
  other.people.set("42", { email: "bob@example.com", email_verified: true, name: "Bob" });
  await site.configure("updateOidcProvider", { id, issuer: other.issuer });
  expect(await count(site, "oidc_identities")).toBe(0);
  expect(await count(site, "oidc_sign_ins")).toBe(0);
  expect((await site.finish(begun.flow, callback)).status).toBe(401);
  const { authorizationUrl, flow } = await site.start();
  const bob = await me(site, await site.finish(flow, await other.browse(authorizationUrl, "42")));
  expect(bob).toMatchObject({ email: "bob@example.com" });
  expect(bob.id).not.toBe(ann.id);
});

test("a sign-in that the former issuer confirms while it is replaced counts for nothing", async () => {
  const site = await elsewhere({ role: "customer" });
  const former = await anIdentityProvider();
  former.people.set("42", { email: "ann@example.com", email_verified: true });
  const id = await providerOf(site);
  await site.configure("updateOidcProvider", { id, issuer: former.issuer });
  const { authorizationUrl, flow } = await site.start();
  const callback = await former.browse(authorizationUrl, "42");
  former.beforeTokens = () =>
    site.configure("updateOidcProvider", { id, issuer: "http://127.0.0.1:9" });
  expect((await site.finish(flow, callback)).status).toBe(401);
  expect(await count(site, "oidc_identities")).toBe(0);
  expect(await usersOf(site)).toEqual([]);
});

test("a stranger gets no account where the tenant gives none", async () => {
  const site = await elsewhere();
  const { status, body } = await site.signInAs("42");
  expect([status, body.error?.details]).toEqual([403, { reason: "NO_ACCOUNT" }]);
  expect(await usersOf(site)).toEqual([]);
});

test("a sign-in is ended once, by the page that began it, with what came back to it", async () => {
  const site = await elsewhere({ role: "editor" });
  const [ours, theirs] = [await site.start(), await site.start()];
  expect(ours.authorizationUrl).toMatch(/code_challenge_method=S256/);
  for (const wanted of ["state", "nonce", "code_challenge"]) {
    expect(new URL(ours.authorizationUrl).searchParams.get(wanted)?.length).toBeGreaterThan(20);
  }
  const callback = await idp.browse(theirs.authorizationUrl, "42");
  // Somebody else's code, slipped to us: the state is not ours. Our sign-in is over by that.
  expect((await site.finish(ours.flow, callback)).status).toBe(401);
  expect((await site.finish("no flow of ours", callback)).status).toBe(401);
  expect((await site.finish(theirs.flow, callback)).status).toBe(200);
  expect((await site.finish(theirs.flow, callback)).status).toBe(401);
});

test("a changed state, code or issuer, or an error of the provider, signs nobody in", async () => {
  const site = await elsewhere({ role: "editor" });
  const changes: [string, string][] = [
    ["state", "another"],
    ["code", "another"],
    ["iss", "https://evil.example"],
  ];
  for (const [name, value] of changes) {
    const { authorizationUrl, flow } = await site.start();
    const callback = new URL(await idp.browse(authorizationUrl, "42"));
    callback.searchParams.set(name, value);
    expect((await site.finish(flow, callback.href)).status, name).toBe(401);
  }
  const { authorizationUrl, flow } = await site.start();
  const state = new URL(authorizationUrl).searchParams.get("state") ?? "";
  const denied = `${idp.redirectUri}?error=access_denied&state=${state}`;
  expect((await site.finish(flow, denied)).status).toBe(401);
  expect(await usersOf(site)).toEqual([]);
});

test("the browser comes back to the tenant's own pages alone", async () => {
  const site = await elsewhere();
  const { status, body } = await site.call("/oidc/company/start", {
    body: { redirectUri: "https://evil.example/" },
  });
  expect([status, body.error?.details]).toEqual([
    400,
    { issues: [{ path: ["redirectUri"], message: "is none of the provider's" }] },
  ]);
});

test("a provider is of one tenant, can be switched off, and answers for itself", async () => {
  const site = await elsewhere();
  const stranger = await aSite();
  const body = { redirectUri: idp.redirectUri };
  expect((await stranger.call("/oidc/company/start", { body })).status).toBe(404);
  expect((await site.call("/oidc")).body).toEqual({
    providers: [{ handle: "company", name: "The company" }],
  });
  const { rows } = await owner.query<{ id: string; client_secret: string }>(
    "select id, client_secret from oidc_providers where tenant_id = $1",
    [site.tenant.id],
  );
  expect(rows[0]?.client_secret).not.toContain("secret");
  const off = await site.configure("updateOidcProvider", { id: rows[0]?.id, enabled: false });
  expect(off).toMatchObject({ enabled: false, hasClientSecret: true });
  expect((await site.call("/oidc/company/start", { body })).status).toBe(404);
  await site.configure("updateOidcProvider", {
    id: rows[0]?.id,
    enabled: true,
    issuer: "http://127.0.0.1:9",
  });
  const unreachable = await site.call("/oidc/company/start", { body });
  expect([unreachable.status, unreachable.body.error?.code]).toEqual([502, "NOT_CONFIGURED"]);
});

test("a provider that does not answer as it should is asked once in a while, not by every visitor", async () => {
  let asked = 0;
  const broken = createServer((_, response) => {
    asked += 1;
    response.writeHead(500).end();
  });
  broken.listen(0, "127.0.0.1");
  await new Promise((resolve) => broken.once("listening", resolve));
  afterwards(() => broken.close());
  const issuer = `http://127.0.0.1:${(broken.address() as AddressInfo).port}`;
  const site = await elsewhere({ issuer });
  const start = async () => {
    const { status } = await site.call("/oidc/company/start", {
      body: { redirectUri: idp.redirectUri },
    });
    return status;
  };
  expect(await Promise.all([start(), start()])).toEqual([502, 502]);
  expect(await start()).toBe(502);
  expect(asked).toBe(1);
  // What was wrong may have been set right by whoever changes it.
  await site.configure("updateOidcProvider", { id: await providerOf(site), name: "Mended" });
  expect(await start()).toBe(502);
  expect(asked).toBe(2);
});

test("a provider is reached by https, and everything wrong with it is said at once", async () => {
  const site = await elsewhere();
  const refused = await site.configure("createOidcProvider", {
    handle: "Not a handle",
    name: "N",
    issuer: "http://issuer.example",
    clientId: "x",
    redirectUris: ["http://shop.example/back", "https://shop.example/#back"],
  });
  expect(refused["issues"]).toMatchObject([
    { path: ["handle"] },
    { path: ["issuer"] },
    { path: ["redirectUris", 0] },
    { path: ["redirectUris", 1] },
  ]);
});

test("in production no provider is asked that is not on the public internet, unless the operator allows it", async () => {
  let asked = 0;
  const inside = createServer().on("connection", (socket) => {
    asked += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => inside.listen(0, resolve));
  afterwards(async () => void inside.close());
  const { port } = inside.address() as AddressInfo;
  const startAt = async (host: string, allowed: string[]) => {
    const site = await elsewhere({ issuer: `https://${host}:${port}` });
    const setup = setupOf(site.ctx);
    accountsWith(db, { ...setup, production: true, allowedRanges: allowed.map(rangeOf) });
    const { status, body } = await site.call("/oidc/company/start", {
      body: { redirectUri: idp.redirectUri },
    });
    accountsWith(db, setup);
    return [status, body.error?.code];
  };
  for (const host of ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"]) {
    expect(await startAt(host, []), host).toEqual([502, "NOT_CONFIGURED"]);
  }
  expect(asked).toBe(0);
  expect(await startAt("localhost", ["127.0.0.0/8", "::1/128"])).toEqual([502, "NOT_CONFIGURED"]);
  expect(asked).toBeGreaterThan(0);
});
