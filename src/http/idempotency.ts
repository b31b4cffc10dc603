import type { Context } from "koa";
import type { Actor, RequestContext } from "#kernel/context";
import { BadUserInput, Conflict, DomainError } from "#kernel/errors";
import { claim, keep, type KeptAnswer, type KeyedCall, release } from "#kernel/rest/idempotency";
import type { AnyRoute } from "#kernel/rest/routes";
import { signed } from "#kernel/security/sealed";
import { shown } from "./errors.ts";

export const idempotencyHeader = "Idempotency-Key";

/** Visible ASCII, as in an HTTP header. */
const sane = /^[\x21-\x7e]{1,255}$/;

/** Whether a caller may have a route's call happen once however often it is sent: not where the answer is a secret, or none that could be kept. */
export const takesKeys = ({ method, access, secret, media }: AnyRoute) =>
  method !== "get" && access !== "public" && !secret && !media;

/** The call that a request's key stands for; undefined without a key. Throws BAD_USER_INPUT for one that cannot be taken. */
export function keyedCall(
  ctx: Context,
  route: AnyRoute,
  { actor }: RequestContext,
  body: string,
  secret: string,
): KeyedCall | undefined {
  const key = ctx.get(idempotencyHeader);
  if (key === "") return undefined;
  const actorId = callerOf(actor);
  if (!takesKeys(route) || !actorId) {
    throw BadUserInput.at([idempotencyHeader], "is not taken here");
  }
  if (!sane.test(key)) {
    throw BadUserInput.at([idempotencyHeader], "must be 1 to 255 visible ASCII characters");
  }
  // A body may hold a password: a plain digest would let it be guessed at from the table.
  const fingerprint = signed(secret, "idempotency", JSON.stringify([ctx.method, ctx.url, body]));
  return { actorId, key, fingerprint: Buffer.from(fingerprint, "base64url") };
}

/** Whose the keys are: a person's, or an integration's. */
function callerOf(actor: Actor): string | undefined {
  if (actor.kind === "user") return actor.userId;
  return actor.kind === "apiKey" ? actor.keyId : undefined;
}

/**
 * Carries a call out, or answers what it was answered before. What is refused is an answer like any other;
 * what fails on our side, or came too soon, is forgotten, so that it can be tried again. Throws CONFLICT while the same call
 * is under way, and BAD_USER_INPUT with the status 422 for another call under the same key.
 */
export async function once(
  ctx: Context,
  request: RequestContext,
  call: KeyedCall,
  carryOut: () => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  const found = await claim(request, call);
  if (found.state === "done") {
    ctx.set("Idempotent-Replayed", "true");
    return found.answer;
  }
  if (found.state === "under way") {
    throw new Conflict("The same call is under way; send it again in a moment.");
  }
  if (found.state === "another call") {
    throw new DomainError({
      code: "BAD_USER_INPUT",
      status: 422,
      message: `This ${idempotencyHeader} was used for another call.`,
    });
  }
  const answer = await carryOut().catch(async (error: unknown) => {
    if (error instanceof DomainError && isFinal(error)) return refusal(error, request);
    await release(request, call);
    throw error;
  });
  await keep(request, call, answer);
  return answer;
}

const isFinal = ({ status }: DomainError): boolean => status < 500 && status !== 429;

function refusal(error: DomainError, { log }: RequestContext): KeptAnswer {
  const { status, ...body } = shown(error, log);
  return { status, body: JSON.stringify({ error: body }) };
}
