import { isIPv6 } from "node:net";

/**
 * Whom an address stands for: itself, or of IPv6 the first half, for that is what one customer has, who
 * could count from a new one each time. An IPv4 address is the same however it is written.
 */
export function networkOf(address: string): string {
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  if (mapped || !isIPv6(address)) return mapped ?? address;
  const [before = [], after = []] = address
    .split("::")
    .map((groups) => groups.split(":").filter(Boolean));
  const between = Math.max(0, 8 - before.length - after.length);
  return [...before, ...Array.from({ length: between }, () => "0"), ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
