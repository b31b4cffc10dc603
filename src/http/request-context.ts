import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Context } from "koa";
import type { Actor, RequestContext, Tenant } from "#kernel/context";
import { BadUserInput, NotFound, Unauthenticated } from "#kernel/errors";
import { parseId } from "#kernel/ids";
import type { FindTenant, TenantKey } from "#kernel/tenancy";
import { declaredPermissions } from "#kernel/permissions";
import { isPlatformAdministrator } from "#kernel/platform";
import { verify } from "#kernel/tokens";
import type { Server } from "./server.ts";

/** Who asks, from where, and of which tenant. Throws NOT_FOUND, BAD_USER_INPUT or UNAUTHENTICATED. */
export async function requestContext(
  server: Server,
  { headers, ip }: Pick<Context, "headers" | "ip">,
): Promise<RequestContext> {
  const tenant = await tenantOf(server.findTenant, headers);
  const actor = await actorOf(tenant, headers.authorization, server);
  const requestId = randomUUID();
  const origin = { address: ip, userAgent: headers["user-agent"] };
  return { tenant, actor, requestId, origin, db: server.db, log: server.log };
}

async function tenantOf(find: FindTenant, headers: IncomingHttpHeaders): Promise<Tenant> {
  const key = tenantKey(headers);
  const tenant = await find(key);
  if (!tenant) throw new NotFound("tenant", Object.values(key)[0] as string);
  return tenant;
}

/** A header that names the tenant outright goes before the host. */
function tenantKey(headers: IncomingHttpHeaders): TenantKey {
  const id = headers["x-tenant-id"];
  if (typeof id === "string") {
    const parsed = parseId(id);
    if (!parsed) throw BadUserInput.at(["X-Tenant-Id"], "must be a ULID or a UUID");
    return { id: parsed };
  }
  const slug = headers["x-tenant-slug"];
  if (typeof slug === "string") return { slug };
  return { host: (headers.host ?? "").replace(/:\d+$/, "").toLowerCase() };
}

const anonymous: Actor = { kind: "anonymous" };

async function actorOf(
  tenant: Tenant,
  authorization: string | undefined,
  { db, secret }: Server,
): Promise<Actor> {
  if (!authorization) return anonymous;
  const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
  if (!token) throw new Unauthenticated("The Authorization header must read: Bearer <token>.");
  const { sub, tenant: home, permissions } = await verify(token, secret);
  const platform = await isPlatformAdministrator(db, { userId: sub, tenantId: home });
  if (home !== tenant.id && !platform) throw new Unauthenticated("The token is not valid here.");
  const held = platform ? declaredPermissions(db).map(({ name }) => name) : permissions;
  return { kind: "user", userId: sub, permissions: new Set(held), platform };
}
