import type { IncomingHttpHeaders } from "node:http";
import type { Context } from "koa";
import type { Actor, FindActor, RequestContext, Tenant } from "#kernel/context";
import { BadUserInput, NotFound, Unauthenticated } from "#kernel/errors";
import { parseId } from "#kernel/ids";
import type { FindTenant, TenantKey } from "#kernel/tenancy";
import type { Server } from "./server.ts";
import { stateOf } from "./state.ts";

/** Who asks, from where, and of which tenant. Throws NOT_FOUND, BAD_USER_INPUT or UNAUTHENTICATED. */
export async function requestContext(server: Server, ctx: Context): Promise<RequestContext> {
  const { headers } = ctx;
  const { requestId, forwarded } = stateOf(ctx);
  const tenant = await tenantOf(server.findTenant, headers, forwarded.host);
  const actor = await actorOf(server.findActor, tenant, headers.authorization);
  const origin = { address: forwarded.address, userAgent: headers["user-agent"] };
  return { tenant, actor, requestId, origin, db: server.db, log: server.log };
}

async function tenantOf(
  find: FindTenant,
  headers: IncomingHttpHeaders,
  host: string,
): Promise<Tenant> {
  const key = tenantKey(headers, host);
  const tenant = await find(key);
  if (!tenant) throw new NotFound("tenant", Object.values(key)[0] as string);
  return tenant;
}

/** A header that names the tenant outright goes before the host. */
function tenantKey(headers: IncomingHttpHeaders, host: string): TenantKey {
  const id = headers["x-tenant-id"];
  if (typeof id === "string") {
    const parsed = parseId(id);
    if (!parsed) throw BadUserInput.at(["X-Tenant-Id"], "must be a ULID or a UUID");
    return { id: parsed };
  }
  const slug = headers["x-tenant-slug"];
  if (typeof slug === "string") return { slug };
  return { host: host.replace(/:\d+$/, "").toLowerCase() };
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
