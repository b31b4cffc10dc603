import pLimit from "p-limit";
import { RateLimited } from "#kernel/errors";

/** Runs some work when its turn has come: what is begun beyond a number waits. Throws RATE_LIMITED when too much waits already. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/** More would wait for longer than anybody does. */
const mostWaiting = 1_000;

export function openTurns(atOnce: number): Turns {
  const limit = pLimit(atOnce);
  return async (work) => {
    if (limit.pendingCount >= mostWaiting) throw new RateLimited(5);
    return limit(work);
  };
}
