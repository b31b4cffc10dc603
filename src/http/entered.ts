import type { Context } from "koa";
import type { RequestContext } from "#kernel/context";
import { type Limit, limit } from "./rate-limit.ts";
import { requestContext } from "./request-context.ts";
import type { Server } from "./server.ts";
import { stateOf } from "./state.ts";

/** Says who asks and of which tenant, once for each request. Throws as `requestContext` does, or RATE_LIMITED. */
export type Enter = (ctx: Context) => Promise<RequestContext>;

/** Counts requests against their tenant's limit, and has the log know whose they were. */
export function entrance(server: Server): Enter {
  const limitTenant: Limit = limit("tenant", server.requestsPerMinute.tenant, server.redis);
  return async (ctx) => {
    const found = await requestContext(server, ctx);
    const state = stateOf(ctx);
    state.tenant = found.tenant;
    state.actor = found.actor;
    await limitTenant(ctx, found.tenant.id);
    return found;
  };
}
