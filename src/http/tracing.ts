import type { Context, Next } from "koa";
import { traced, tracer } from "#kernel/observability/tracing";
import { stateOf } from "./state.ts";

/** What asks how the server is, every few seconds: nobody wants traces of it. */
const watching = /^\/(metrics|api\/health)(\/|$)/;

/** Every request is a trace, or goes on with that of whoever sent it along (W3C Trace Context). */
export function traceRequests(ctx: Context, next: Next): Promise<void> {
  if (!tracer() || watching.test(ctx.path)) return next();
  const { requestId } = stateOf(ctx);
  const options = {
    kind: "server" as const,
    parent: ctx.get("traceparent") || undefined,
    facts: { "http.request.method": ctx.method, "rustok.request_id": requestId },
  };
  return traced(ctx.method, options, async (span) => {
    await next();
    const route = typeof ctx["_matchedRoute"] === "string" ? ctx["_matchedRoute"] : undefined;
    if (route) span?.rename(`${ctx.method} ${route}`);
    span?.set({
      "http.route": route,
      "http.response.status_code": ctx.status,
      "rustok.tenant_id": stateOf(ctx).tenant?.id,
    });
    if (ctx.status >= 500) span?.fail(String(ctx.status));
  });
}
