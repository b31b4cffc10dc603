import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { BadUserInput } from "#kernel/errors";

/** How long a change is vouched for; by then everything shows it anyway. */
const lifetime = "5m";
/** What tells it from a sign-in, which is signed with the same key. */
const audience = "consistency";

const claims = z.object({ tenant: z.string(), request: z.string() });

const key = (secret: string) => new TextEncoder().encode(secret);

/** A signed statement that a request has changed something: who shows it with a read will see that. */
export function issueConsistencyToken(
  { tenantId, requestId }: { tenantId: string; requestId: string },
  secret: string,
): Promise<string> {
  return new SignJWT({ tenant: tenantId, request: requestId })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer("rustok")
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(lifetime)
    .sign(key(secret));
}

/** The id of the request. Throws BAD_USER_INPUT for a token that is not ours, is for another tenant, or has expired. */
export async function readConsistencyToken(
  token: string,
  tenantId: string,
  secret: string,
): Promise<string> {
  try {
    const { payload } = await jwtVerify(token, key(secret), {
      algorithms: ["HS256"],
      issuer: "rustok",
      audience,
    });
    const { tenant, request } = claims.parse(payload);
    if (tenant !== tenantId) throw new Error("another tenant's");
    return request;
  } catch (error) {
    throw BadUserInput.at(
      ["X-Consistency-Token"],
      error instanceof errors.JWTExpired ? "has expired; leave it out" : "is not valid here",
    );
  }
}
