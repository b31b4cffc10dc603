import type { RequestContext } from "#kernel/context";
import { readTenant } from "#modules/tenants";
import { setupOf } from "../setup.ts";

/** This machine, which development links to. */
const loopback = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Whether mails may lead to the page: it must be on a host of the tenant's or of the installation's. What
 * they lead to gets to know the tokens that they carry, also those of people who may do more than whoever
 * set the link.
 */
export async function isOwnPage(ctx: RequestContext, link: string): Promise<boolean> {
  const { hostname } = new URL(link);
  const { baseDomain, production } = setupOf(ctx);
  if (!production && loopback.includes(hostname)) return true;
  const { domains, slug } = await readTenant(ctx);
  if (domains.includes(hostname)) return true;
  return baseDomain !== undefined && [baseDomain, `${slug}.${baseDomain}`].includes(hostname);
}
