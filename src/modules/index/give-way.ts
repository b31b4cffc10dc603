import { setTimeout as sleep } from "node:timers/promises";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { idsFrom } from "#kernel/ids";

/** Who wrote this lately is taken to be still at it. */
const latelyMs = 2_000;
/** A page that took longer was held up itself; to rest as long would hold up the rebuild for nothing. */
const longestMs = 5_000;

/**
 * Rests after a page that took so long, while the tenant's editors and shoppers change things: each change
 * is written, projected to two generations and fed to the engine, by the same few cores.
 */
export async function giveWay(ctx: RequestContext, tookMs: number): Promise<void> {
  const rest = await restAfter(ctx, tookMs);
  if (rest > 0) await sleep(rest);
}

/** As long as the page took, in milliseconds, so that half the time is theirs; nothing when nobody writes. */
export function restAfter(ctx: RequestContext, tookMs: number): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const since = idsFrom(new Date(Date.now() - latelyMs));
    const recent = await tx.sql("select from sys_events where id > $1 limit 1", [since]);
    return recent.length > 0 ? Math.min(tookMs, longestMs) : 0;
  });
}
