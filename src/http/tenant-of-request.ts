import type { IncomingHttpHeaders } from "node:http";
import type { Tenant } from "#kernel/context";
import { BadUserInput, DomainError, NotFound } from "#kernel/errors";
import { parseId } from "#kernel/ids";
import { hostOf, isSlug, type TenantKey } from "#kernel/tenancy/names";
import type { Server } from "./server.ts";

/** The tenant's operator has closed it for now: no request is served, whoever asks. */
export class TenantSuspended extends DomainError {
  constructor() {
    super({
      code: "FORBIDDEN",
      status: 403,
      message: "This tenant is suspended.",
      details: { reason: "TENANT_SUSPENDED" },
    });
  }
}

/** Whom the request is for. Throws BAD_USER_INPUT, NOT_FOUND or {@link TenantSuspended}. */
export async function tenantOf(
  { tenants, baseDomain }: Pick<Server, "tenants" | "baseDomain">,
  headers: IncomingHttpHeaders,
  host: string,
): Promise<Tenant> {
  const key = tenantKey(headers, host, baseDomain);
  const tenant = key && (await tenants.find(key));
  if (!tenant) throw new NotFound("tenant", key && "id" in key ? key.id : nameGiven(headers, host));
  if (tenant.status === "suspended") throw new TenantSuspended();
  return tenant;
}

/** A header that names the tenant outright goes before the host. Undefined for a name that nobody can have. */
function tenantKey(
  headers: IncomingHttpHeaders,
  host: string,
  baseDomain: string | undefined,
): TenantKey | undefined {
  const id = headers["x-tenant-id"];
  if (typeof id === "string") {
    const parsed = parseId(id);
    if (!parsed) throw BadUserInput.at(["X-Tenant-Id"], "must be a ULID or a UUID");
    return { id: parsed };
  }
  const slug = headers["x-tenant-slug"];
  if (typeof slug === "string") return isSlug(slug) ? { slug } : undefined;
  const asked = hostOf(host);
  if (asked === undefined) return undefined;
  if (baseDomain === undefined || !asked.endsWith(`.${baseDomain}`)) return { host: asked };
  // What lies below the base domain is a slug and nothing else, so no tenant's domain can take another's place.
  const label = asked.slice(0, -baseDomain.length - 1);
  return isSlug(label) ? { slug: label } : undefined;
}

/** As it was sent, though never much of it. */
const nameGiven = (headers: IncomingHttpHeaders, host: string) =>
  String(headers["x-tenant-slug"] ?? hostOf(host) ?? host).slice(0, 253);
