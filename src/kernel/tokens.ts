import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { Unauthenticated } from "#kernel/errors";
import { Id } from "#kernel/ids";

/** How long a sign-in lasts. */
export const lifetimeSeconds = 15 * 60;

const claims = z.object({ sub: Id, tenant: Id, permissions: z.array(z.string()) });
export type Claims = z.infer<typeof claims>;

const key = (secret: string) => new TextEncoder().encode(secret);

/** A signed statement of who acts, for which tenant, and what they may do. */
export function issue({ sub, ...rest }: Claims, secret: string): Promise<string> {
  return new SignJWT(rest)
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(sub)
    .setIssuer("rustok")
    .setIssuedAt()
    .setExpirationTime(`${lifetimeSeconds}s`)
    .sign(key(secret));
}

/** Throws {@link Unauthenticated} for a token that is not ours or has expired. For which tenant it is good, is to be looked at. */
export async function verify(token: string, secret: string): Promise<Claims> {
  try {
    const { payload } = await jwtVerify(token, key(secret), {
      algorithms: ["HS256"],
      issuer: "rustok",
    });
    return claims.parse(payload);
  } catch (error) {
    throw new Unauthenticated(
      error instanceof errors.JWTExpired
        ? "The token has expired; sign in again."
        : "The token is not valid here.",
    );
  }
}
