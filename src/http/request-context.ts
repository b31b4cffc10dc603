import { randomUUID } from "node:crypto";
import type { Context } from "koa";
import type { Actor, RequestContext, Tenant } from "#kernel/context";
import { Unauthenticated } from "#kernel/errors";
import { verify } from "#kernel/tokens";
import type { Server } from "./server.ts";
import { tenantOf } from "./tenant-of-request.ts";

/** Who asks, and of which tenant. Throws NOT_FOUND, FORBIDDEN, BAD_USER_INPUT or UNAUTHENTICATED. */
export async function requestContext(
  server: Server,
  ctx: Pick<Context, "headers" | "state">,
): Promise<RequestContext> {
  const { headers } = ctx;
  const tenant = await tenantOf(server, headers, hostAsked(ctx));
  const actor = await actorOf(tenant, headers.authorization, server.secret);
  const requestId = randomUUID();
  const { db, log, registry } = server;
  return { tenant, actor, requestId, db, log, modules: registry.modules };
}

/** The host that the client meant, as far as proxies can be trusted to tell; else the one it sent. */
function hostAsked({ headers, state }: Pick<Context, "headers" | "state">): string {
  const { forwarded } = state as { forwarded?: { host: string } };
  return forwarded?.host ?? headers.host ?? "";
}

const anonymous: Actor = { kind: "anonymous" };

async function actorOf(
  tenant: Tenant,
  authorization: string | undefined,
  secret: string,
): Promise<Actor> {
  if (!authorization) return anonymous;
  const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
  if (!token) throw new Unauthenticated("The Authorization header must read: Bearer <token>.");
  const { sub, permissions } = await verify(token, tenant.id, secret);
  return { kind: "user", userId: sub, permissions: new Set(permissions) };
}
