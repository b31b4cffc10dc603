import type { Searched } from "../on-postgres.ts";
import { products, scale } from "../scale.ts";
import type { Result } from "../table.ts";

/** How much longer a search takes among many products than among few, as measured above. */
export function searchBySize(engine: string, { small, large }: Searched): Result {
  const ms = (p50: number) => `p50 ${p50.toFixed(1)} ms`;
  return {
    what: `search on ${engine} among ${products(scale.large)}`,
    measured: ms(large.ours.p50),
    yardstick: `among ${scale.small.toLocaleString("en")}: ${ms(small.ours.p50)}`,
    toReach: "report",
    reached: `${(large.ours.p50 / small.ours.p50).toFixed(2)} ×`,
  };
}
