import { randomUUID } from "node:crypto";
import type { Context, Next } from "koa";
import { stateOf } from "./state.ts";

export const requestIdHeader = "X-Request-Id";

/** Long enough to be one of a kind, short and plain enough for a log. */
const sane = /^[\w.~-]{8,128}$/;

/** Takes over the request id of whoever is in front of us, if it is a sane one, and answers it. */
export function identifyRequests(ctx: Context, next: Next): Promise<void> {
  const given = ctx.get(requestIdHeader);
  const requestId = sane.test(given) ? given : randomUUID();
  stateOf(ctx).requestId = requestId;
  ctx.set(requestIdHeader, requestId);
  return next();
}
