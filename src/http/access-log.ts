import type { Context, Next } from "koa";
import type { Logger } from "pino";
import { traceId } from "#kernel/observability/tracing";
import { stateOf } from "./state.ts";

/** Nothing here has a longer one, and a line is looked through for what gives secrets away. */
const longestPath = 500;

/**
 * One line for each request, when its answer is on its way: never the query string, a header or a body,
 * which may hold secrets.
 */
export function logRequests(log: Logger) {
  // All its fields are these; to look for secret ones among them would cost ten times what writing them does.
  const lines = log.child({}, { redact: [] });
  return async (ctx: Context, next: Next): Promise<void> => {
    if (!lines.isLevelEnabled("info")) return next();
    const began = performance.now();
    await next();
    const { requestId, forwarded, tenant, actor } = stateOf(ctx);
    lines.info(
      {
        requestId,
        traceId: traceId(),
        method: ctx.method,
        path: ctx.path.slice(0, longestPath),
        status: ctx.status,
        ms: Math.round((performance.now() - began) * 10) / 10,
        bytes: ctx.length,
        address: forwarded.address,
        tenant: tenant?.slug,
        actor: actor?.kind,
        userId: actor?.kind === "user" ? actor.userId : undefined,
        keyId: actor?.kind === "apiKey" ? actor.keyId : undefined,
      },
      "request",
    );
  };
}
