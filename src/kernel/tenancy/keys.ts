import { createHash } from "node:crypto";
import type { TenantName } from "./names.ts";

/** Raised when what lies under a key is spelled differently: two versions of RusTok may share a Redis. */
const version = "v1";

/** Every key that Redis holds for tenants. */
export const tenantKeys = {
  /** The tenant of a name: `tenant:v1:host:shop.example.com`. */
  found: (name: TenantName) => `tenant:${version}:${name}`,
  /** Says that the name is nobody's: `tenant:v1:none:host:shop.example.com`. */
  none: (name: TenantName) => `tenant:${version}:none:${name}`,
  /** The keys of each kind that are held, by when they were written; so that there are never too many. */
  held: { found: `tenant:${version}:held`, none: `tenant:${version}:held:none` },
  /** Counts the changes: what was read before the last one is not written after it. */
  changes: `tenant:${version}:changes`,
  /** Says that this has been passed on: of a tenant with many hosts one change is told in several parts. */
  announced: (change: string, names: TenantName[]) =>
    `tenant:${version}:announced:${change}:${createHash("sha256").update(names.join("\n")).digest("base64url")}`,
  /** Hits, misses and the rest, of all processes together. */
  counts: `tenant:${version}:counts`,
};

/** The channel by which processes tell each other what has changed, on PostgreSQL and on Redis. */
export const tenantChannel = "tenant.cache.invalidate";
