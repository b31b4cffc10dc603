import type { Context } from "koa";
import type { Actor, FindActor, RequestContext, Tenant } from "#kernel/context";
import { Unauthenticated } from "#kernel/errors";
import type { Server } from "./server.ts";
import { stateOf } from "./state.ts";
import { tenantOf } from "./tenant-of-request.ts";

/** Who asks, from where, and of which tenant. Throws NOT_FOUND, FORBIDDEN, BAD_USER_INPUT or UNAUTHENTICATED. */
export async function requestContext(server: Server, ctx: Context): Promise<RequestContext> {
  const { headers } = ctx;
  const { requestId, forwarded } = stateOf(ctx);
  const tenant = await tenantOf(server, headers, forwarded.host);
  const actor = await actorOf(server.findActor, tenant, headers.authorization);
  const origin = { address: forwarded.address, userAgent: headers["user-agent"] };
  const { db, log, baseDomain, registry } = server;
  return { tenant, actor, requestId, origin, db, log, baseDomain, modules: registry.modules };
}

const anonymous: Actor = { kind: "anonymous" };

async function actorOf(
  find: FindActor,
  tenant: Tenant,
  authorization: string | undefined,
): Promise<Actor> {
  if (!authorization) return anonymous;
  const credential = /^Bearer (\S+)$/i.exec(authorization)?.[1];
  if (!credential)
    throw new Unauthenticated("The Authorization header must read: Bearer <token or API key>.");
  return find(tenant, credential);
}
