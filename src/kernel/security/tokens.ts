import { decodeProtectedHeader, errors, jwtVerify, SignJWT, type JWK } from "jose";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import type { Database } from "#kernel/database/database";
import { Unauthenticated } from "#kernel/errors";
import { Id } from "#kernel/ids";
import { algorithm, loadKeys, type SigningKey } from "./signing-keys.ts";

/** How long an access token is good. What it says is little, and looked up anew all the while. */
export const lifetimeSeconds = 15 * 60;

/** How long a replaced key is kept: as long as anything it has signed, and some for clocks that differ. */
export const keptMs = (lifetimeSeconds + 5 * 60) * 1_000;

/** How old the known keys may be; a key that was done away with is believed for this long. */
const freshMs = 10_000;
/** Tokens that name a key nobody knows make us look, but not more often than this. */
const lookAgainMs = 1_000;

const issuer = "rustok";
/** RFC 9068's, so that no other kind of token passes for one. */
const type = "at+jwt";

const claims = z.object({ sub: Id, tenant: Id, sid: Id });
/** Who is signed in, in which tenant, by which session. */
export type Claims = z.output<typeof claims>;

type Verified = Claims & { kid: string; until: number };

export const notValid = "The token is not valid here.";

/** Makes and judges access tokens: JWTs signed with the keys that are kept in the database. */
export interface Tokens {
  issue(claims: Claims): Promise<string>;
  /** Throws {@link Unauthenticated} for a token that is not ours, or has expired. Whose tenant it is for, the caller looks at. */
  verify(token: string): Promise<Claims>;
  /** The public keys by which others can verify our tokens: RFC 7517. */
  keySet(): Promise<{ keys: JWK[] }>;
}

export function openTokens(db: Database, secret: string): Tokens {
  let known: { at: number; keys: Promise<SigningKey[]> } | undefined;
  /** Checking a signature costs a thread and a tenth of a millisecond, and clients send one token for minutes. */
  const verified = new LRUCache<string, Verified>({ max: 10_000 });

  function keys(maxAgeMs = freshMs): Promise<SigningKey[]> {
    if (known && performance.now() - known.at < maxAgeMs) return known.keys;
    const mine = { at: performance.now(), keys: loadKeys(db, secret, keptMs) };
    known = mine;
    mine.keys.catch(() => {
      if (known === mine) known = undefined;
    });
    return mine.keys;
  }

  async function keyNamed(kid: string): Promise<SigningKey | undefined> {
    const named = ({ id }: SigningKey) => id === kid;
    return (await keys()).find(named) ?? (await keys(lookAgainMs)).find(named);
  }

  async function verifiedAnew(token: string, key: SigningKey | undefined): Promise<Verified> {
    try {
      if (!key) throw new errors.JWKSNoMatchingKey();
      const { payload } = await jwtVerify(token, key.publicKey, {
        algorithms: [algorithm],
        issuer,
        typ: type,
        requiredClaims: ["exp", "iat"],
      });
      return { ...claims.parse(payload), kid: key.id, until: (payload.exp ?? 0) * 1_000 };
    } catch (error) {
      throw new Unauthenticated(
        error instanceof errors.JWTExpired
          ? "The token has expired; refresh it, or sign in again."
          : notValid,
      );
    }
  }

  return {
    async issue({ sub, tenant, sid }) {
      const now = new Date();
      const able = (await keys()).filter(({ privateKey }) => privateKey);
      const key = able.find(({ signsFrom }) => signsFrom <= now) ?? able.at(-1);
      if (!key?.privateKey) throw new Error("There is no key to sign with.");
      return new SignJWT({ tenant, sid })
        .setProtectedHeader({ alg: algorithm, typ: type, kid: key.id })
        .setSubject(sub)
        .setIssuer(issuer)
        .setIssuedAt()
        .setExpirationTime(`${lifetimeSeconds}s`)
        .sign(key.privateKey);
    },

    async verify(token) {
      const seen = verified.get(token);
      const key = await keyNamed(seen?.kid ?? keyIdOf(token));
      const good = seen && key && seen.until > Date.now();
      const found = good ? seen : await verifiedAnew(token, key);
      if (!good) verified.set(token, found);
      return found;
    },

    keySet: async () => ({ keys: (await keys()).map(({ jwk }) => jwk) }),
  };
}

function keyIdOf(token: string): string {
  try {
    return decodeProtectedHeader(token).kid ?? "";
  } catch {
    return "";
  }
}
