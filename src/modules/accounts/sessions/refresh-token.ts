import { timingSafeEqual } from "node:crypto";
import { signed } from "#kernel/security/sealed";

/** What a refresh token says: whose successor it is. */
export interface RefreshClaim {
  sessionId: string;
  /** From 1. */
  generation: number;
}

/** What it is derived from, beside the secret. */
interface Family {
  tenantId: string;
  sessionId: string;
  salt: string;
}

const purpose = "refresh tokens";

/**
 * The refresh token of a generation, such as `rtr_<session>_<generation>_<proof>`. It follows from the
 * secret and the session's salt: it need not be stored, and who asks for it twice gets the same.
 */
export function refreshToken(secret: string, family: Family, generation: number): string {
  const id = family.sessionId.replaceAll("-", "");
  return `rtr_${id}_${generation}_${proof(secret, family, generation)}`;
}

/** What the text claims, unproven; undefined when it is not of the form. */
export function readRefreshToken(token: string): RefreshClaim | undefined {
  const [, id, generation] = /^rtr_([0-9a-f]{32})_([1-9]\d{0,8})_[\w-]{43}$/.exec(token) ?? [];
  if (!id || !generation) return undefined;
  const sessionId = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { sessionId, generation: Number(generation) };
}

/** Whether the token was given out by us for this generation: one that was made up ends nobody's session. */
export function isGenuine(
  token: string,
  secret: string,
  family: Family,
  generation: number,
): boolean {
  const given = Buffer.from(token);
  const ours = Buffer.from(refreshToken(secret, family, generation));
  return given.length === ours.length && timingSafeEqual(given, ours);
}

const proof = (secret: string, { tenantId, sessionId, salt }: Family, generation: number) =>
  signed(secret, purpose, `${tenantId} ${sessionId} ${salt} ${generation}`);
