import { randomBytes } from "node:crypto";
import type { RequestContext } from "#kernel/context";
import { seal, unseal } from "#kernel/security/sealed";
import { setupOf } from "./setup.ts";

const sealedFor = "webhook secrets";
const rotationMs = 24 * 60 * 60_000;

/** What holds a secret, and for a day after a rotation the one before. */
export interface SecretHolder {
  secret: string;
  previousSecret?: string | null | undefined;
  previousSecretUntil?: Date | null | undefined;
}

/** 32 random bytes, as Standard Webhooks spells them. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

export const sealed = (ctx: Pick<RequestContext, "db">, text: string): string =>
  seal(setupOf(ctx).secret, sealedFor, text);

export const opened = (ctx: Pick<RequestContext, "db">, text: string): string | undefined =>
  unseal(setupOf(ctx).secret, sealedFor, text);

/** What becomes of a holder when it gets another secret: both are good for a day. */
export const rotated = (
  ctx: Pick<RequestContext, "db">,
  { secret }: SecretHolder,
  next: string,
  now: Date,
) => ({
  secret: sealed(ctx, next),
  previousSecret: secret,
  previousSecretUntil: new Date(now.getTime() + rotationMs),
});

/** The secrets that are good now, the newest first; none when RUSTOK_SECRET is not what they were sealed with. */
export function secretsOf(
  ctx: Pick<RequestContext, "db">,
  { secret, previousSecret, previousSecretUntil }: SecretHolder,
  now = new Date(),
): string[] {
  const isOld = !previousSecretUntil || previousSecretUntil <= now;
  return [secret, isOld ? null : previousSecret].flatMap((text) =>
    text ? (opened(ctx, text) ?? []) : [],
  );
}
