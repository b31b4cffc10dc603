import { caughtUp } from "../caught-up.ts";
import { products } from "../scale.ts";
import type { Shop } from "../shop.ts";
import type { Aim, Result } from "../table.ts";
import { bareProjection } from "../yardsticks/bare-projection.ts";
import type { OwnIndexes } from "../yardsticks/own-indexes.ts";

export const aim = (count: number): Aim => ({
  what: `full rebuild, ${products(count)}, both stores`,
  toReach: "≤ 1.5 ×",
});

/**
 * A rebuild beside the running server, against one bare statement and Meilisearch's own time for the
 * same documents. Either finds what was live before in the same tables and indexes.
 */
export async function benchRebuild(shop: Shop, own: OwnIndexes): Promise<Result> {
  await caughtUp(shop);
  await shop.owner.query("vacuum analyze");
  const took = await shop.command("index:rebuild", "--tenant", "demo", "--kind", "product");
  await caughtUp(shop);
  const projected = await bareProjection(shop);
  const fed = await own.addAll(2);
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  return {
    ...aim(shop.products),
    measured: seconds(took),
    yardstick: `insert … select ${seconds(projected)} + Meilisearch's own ${seconds(fed)}`,
    reached: `${(took / (projected + fed)).toFixed(2)} ×`,
  };
}
