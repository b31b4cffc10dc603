import { createHmac } from "node:crypto";
import {
  createLocalJWKSet,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
  type JSONWebKeySet,
} from "jose";
import { beforeEach, expect, test, vi } from "vitest";
import { newId } from "#kernel/ids";
import { announcedMs, forgetOldKeys, rotateKeys } from "#kernel/security/signing-keys";
import { keptMs, openTokens } from "#kernel/security/tokens";
import { installation, secret } from "#test/installation";
import { server } from "#test/server";

const { db, owner } = await installation();
const claims = { sub: newId(), tenant: newId(), sid: newId() };
const notValid = "The token is not valid here.";

beforeEach(async () => {
  await owner.query("delete from signing_keys");
});

const keys = async () => {
  const { rows } = await owner.query<{ id: string; private_key: string; signs_from: Date }>(
    "select id, private_key, signs_from from signing_keys order by signs_from",
  );
  return rows;
};

/** As if so much time had passed since the keys were made. */
const wait = (ms: number) =>
  owner.query("update signing_keys set signs_from = signs_from - make_interval(secs => $1)", [
    ms / 1_000,
  ]);

const kidOf = (token: string) => decodeProtectedHeader(token).kid;

test("the first token makes the first key; ten processes at once make one between them", async () => {
  const processes = Array.from({ length: 10 }, () => openTokens(db, secret));
  const tokens = await Promise.all(processes.map((one) => one.issue(claims)));
  const made = await keys();
  expect(made).toHaveLength(1);
  expect(new Set(tokens.map(kidOf))).toEqual(new Set([made[0]?.id]));
  for (const token of tokens) {
    await expect(processes[9]?.verify(token)).resolves.toMatchObject(claims);
  }
});

test("the private part is not in the database as it is", async () => {
  const tokens = openTokens(db, secret);
  await tokens.issue(claims);
  const [key] = await keys();
  expect(key?.private_key).toMatch(/^[\w-]{100,}$/);
  expect(Buffer.from(key?.private_key ?? "", "base64url").toString()).not.toContain('"d"');
});

test("with another secret old tokens stay good, and a new key signs", async () => {
  const token = await openTokens(db, secret).issue(claims);
  const changed = openTokens(db, "another secret that only tests may know");
  const next = await changed.issue(claims);
  expect(kidOf(next)).not.toBe(kidOf(token));
  await expect(changed.verify(token)).resolves.toMatchObject(claims);
});

test("anybody can verify a token with the key set, which holds nothing secret", async () => {
  const { fetch } = await server();
  const { tokens } = await installation();
  const token = await tokens.issue(claims);
  const response = await fetch("/.well-known/jwks.json");
  expect(response.headers.get("content-type")).toMatch(/^application\/jwk-set\+json/);
  expect(response.headers.get("cache-control")).toBe("public, max-age=300");
  const keySet = (await response.json()) as JSONWebKeySet;
  expect(keySet.keys.length).toBeGreaterThan(0);
  for (const key of keySet.keys) {
    expect(Object.keys(key).toSorted()).toEqual(["alg", "crv", "kid", "kty", "use", "x"]);
  }
  const { payload } = await jwtVerify(token, createLocalJWKSet(keySet), {
    algorithms: ["EdDSA"],
    issuer: "rustok",
  });
  expect(payload).toMatchObject({ sub: claims.sub, tenant: claims.tenant, sid: claims.sid });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(900);
});

test("a new key is shown at once, signs once everybody knows it, and the old one stays for what it signed", async () => {
  const before = await openTokens(db, secret).issue(claims);
  const { id } = await rotateKeys(db, secret, { atOnce: false });
  const during = openTokens(db, secret);
  const shown = (await during.keySet()).keys.map(({ kid }) => kid);
  expect(shown).toEqual([id, kidOf(before)]);
  expect(kidOf(await during.issue(claims))).toBe(kidOf(before));

  await wait(announcedMs);
  const after = openTokens(db, secret);
  expect(kidOf(await after.issue(claims))).toBe(id);
  await expect(after.verify(before)).resolves.toMatchObject(claims);
  await forgetOldKeys(db, keptMs);
  expect(await keys()).toHaveLength(2);

  await wait(keptMs);
  await forgetOldKeys(db, keptMs);
  expect((await keys()).map((key) => key.id)).toEqual([id]);
});

test("rotated at once, what the old keys signed is good no more", async () => {
  const before = await openTokens(db, secret).issue(claims);
  const { id } = await rotateKeys(db, secret, { atOnce: true });
  const after = openTokens(db, secret);
  expect(kidOf(await after.issue(claims))).toBe(id);
  await expect(after.verify(before)).rejects.toThrow(notValid);
  expect(await keys()).toHaveLength(1);
});

test("a process learns of a new key by the first token it signed", async () => {
  const running = openTokens(db, secret);
  await running.issue(claims);
  await rotateKeys(db, secret, { atOnce: true });
  const token = await openTokens(db, secret).issue(claims);
  await expect
    .poll(() => running.verify(token).catch(() => undefined), { timeout: 5_000 })
    .toMatchObject(claims);
});

test("nothing that is signed otherwise passes for a token", async () => {
  const tokens = openTokens(db, secret);
  const token = await tokens.issue(claims);
  const kid = kidOf(token) ?? "";
  const [header = "", payload = "", signature = ""] = token.split(".");
  const { keys: shown } = await tokens.keySet();
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const byHmac = (key: string, alg = "HS256") => {
    const text = `${encoded({ alg, kid, typ: "at+jwt" })}.${payload}`;
    return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
  };
  const other = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  const sign = (headers: object = {}, more: object = {}) =>
    new SignJWT({ tenant: claims.tenant, sid: claims.sid, ...more })
      .setProtectedHeader({ alg: "EdDSA", kid, typ: "at+jwt", ...headers })
      .setSubject(claims.sub)
      .setIssuer("rustok")
      .setIssuedAt()
      .setExpirationTime("15m")
      .sign(other.privateKey);
  const forged = {
    "no signature": `${encoded({ alg: "none", kid, typ: "at+jwt" })}.${payload}.`,
    "an HMAC by the public key": byHmac(String(shown[0]?.x)),
    "an HMAC by the secret": byHmac(secret),
    "an unknown key": await sign({ kid: newId() }),
    "a stranger's key": await sign(),
    "a key it brings along": await sign({ jwk: await exportJWK(other.publicKey) }),
    "another payload": `${header}.${encoded({ ...claims, sub: newId() })}.${signature}`,
    "not a token": "abc",
  };
  for (const [how, text] of Object.entries(forged)) {
    await expect(tokens.verify(text), how).rejects.toThrow(notValid);
  }
  await expect(tokens.verify(token)).resolves.toMatchObject(claims);
});

test("a token is good for a quarter of an hour", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 901_000 });
  const tokens = openTokens(db, secret);
  const token = await tokens.issue(claims).finally(() => vi.useRealTimers());
  await expect(tokens.verify(token)).rejects.toThrow("The token has expired");
});

test("what we sign for another purpose is no access token", async () => {
  const { tokens } = await installation();
  const { issueConsistencyToken } = await import("#kernel/consistency/token");
  const other = await issueConsistencyToken(
    { tenantId: claims.tenant, requestId: claims.sid },
    secret,
  );
  await expect(tokens.verify(other)).rejects.toThrow(notValid);
});
