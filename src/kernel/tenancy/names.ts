import { domainToASCII } from "node:url";
import { z } from "zod";

/** How a caller names a tenant; exactly one of the three. Slug and host are spelled as ours are. */
export type TenantKey = { id: string } | { slug: string } | { host: string };

/** What a tenant is remembered by: `uuid:…`, `slug:…` or `host:…`. */
export type TenantName = `${"uuid" | "slug" | "host"}:${string}`;

export function nameOf(key: TenantKey): TenantName {
  if ("id" in key) return `uuid:${key.id}`;
  return "slug" in key ? `slug:${key.slug}` : `host:${key.host}`;
}

/** Names that stand for parts of an installation wherever a slug is a part of an address. */
const reserved = new Set(
  [
    "account accounts admin administrator api app assets auth autoconfig autodiscover blog cdn",
    "console dashboard default docs ftp graphql health help imap internal localhost login mail",
    "metrics mx ns ns1 ns2 null pop postmaster root rustok security smtp ssl staging static",
    "status support swagger system test undefined webmail www",
  ].flatMap((line) => line.split(" ")),
);

const slugs = /^[a-z0-9](-?[a-z0-9])*$/;

/** Whether a tenant may have the slug at all; what is no slug is not looked up. */
export const isSlug = (text: string) =>
  text.length <= 63 && slugs.test(text) && !reserved.has(text);

/** What the slugs of the tenants begin with that `tenancy:verify` makes and removes: nobody else's may. */
export const slugPrefixOfVerification = "tenancy-verify-";

/** Part of a host name below a base domain. */
export const Slug = z
  .string()
  .max(63)
  .regex(slugs, "must be lower-case letters, digits and hyphens")
  .refine(
    (slug) => !reserved.has(slug) && !slug.startsWith(slugPrefixOfVerification),
    "is reserved",
  );

const hosts = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/**
 * The host that a `Host` header names: in lower case, without its port and the root's dot. Undefined for
 * what is no host name, an IPv6 address included: no tenant answers to one.
 */
export function hostOf(header: string): string | undefined {
  const host = header
    .replace(/:\d{1,5}$/, "")
    .replace(/\.$/, "")
    .toLowerCase();
  return host.length <= 253 && hosts.test(host) ? host : undefined;
}

/** A host name as people write it, in the spelling that browsers send: `Köln.example` is `xn--kln-sna.example`. */
export const Host = z.string().transform((text, issue) => {
  const given = text.trim();
  // Of a whole address it would take the host and pass over the rest.
  const host = /[\s/:?#@\\]/.test(given) ? undefined : hostOf(domainToASCII(given));
  if (host) return host;
  issue.addIssue({ code: "custom", message: "must be a host name, without a port" });
  return z.NEVER;
});
