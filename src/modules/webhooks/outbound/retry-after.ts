/** A receiver cannot ask for more. */
const longestMs = 24 * 60 * 60_000;

/** What a `Retry-After` header asks for, in milliseconds, a day at most: seconds, or a date. Null without one that can be read. */
export function retryAfterMs(header: string | undefined, now: Date): number | null {
  if (!header) return null;
  const ms = /^\d+$/.test(header.trim())
    ? Number(header) * 1000
    : Date.parse(header) - now.getTime();
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), longestMs);
}
