import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** A range as ipaddr.js reads a CIDR. */
export type Range = ReturnType<typeof ipaddr.parseCIDR>;

export const rangeOf = (cidr: string): Range => ipaddr.parseCIDR(cidr);

/** Ordinary to the library, and yet no place for a request of ours. */
const refused = [
  // Azure's own services answer to every machine there.
  "168.63.129.16/32",
  // What was 6to4's relay.
  "192.88.99.0/24",
  "3fff::/20",
  "5f00::/16",
].map(rangeOf);

/** Of IPv6, only this has been given to the internet so far; what is not listed as special elsewhere is refused by it. */
const globalUnicast = rangeOf("2000::/3");

/**
 * Whether a request may be sent to the address: one of the public internet, or of a range that the
 * operator allows. Addresses that hold another one (mapped, NAT64, 6to4, Teredo) are no public ones,
 * whichever they hold.
 */
export function mayReach(text: string, allowed: readonly Range[]): boolean {
  if (isIP(text) === 0 || text.includes("%")) return false;
  const address = ipaddr.parse(text);
  if (allowed.some((range) => isIn(address, range))) return true;
  if (refused.some((range) => isIn(address, range)) || address.range() !== "unicast") return false;
  return address.kind() === "ipv4" || isIn(address, globalUnicast);
}

/** The library takes an address and a range of one kind only. */
const isIn = (address: ipaddr.IPv4 | ipaddr.IPv6, range: Range) =>
  address.kind() === range[0].kind() && address.match(range);

/** The address that a URL's host is, when it is no name: however it was spelled, URL has made it one form. */
export function literalOf({ hostname }: URL): string | undefined {
  const bare = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
  return isIP(bare) === 0 ? undefined : bare;
}
