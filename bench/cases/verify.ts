import { caughtUp } from "../caught-up.ts";
import { products } from "../scale.ts";
import type { Shop } from "../shop.ts";
import type { Aim, Result } from "../table.ts";

export const aim = (count: number): Aim => ({
  what: `index:verify of ${products(count)}, both stores`,
  toReach: "report; aim ≤ 60 s",
});

/** Source, read model and search engine compared to the last document, beside the running server. Throws when they differ. */
export async function benchVerify(shop: Shop): Promise<Result> {
  await caughtUp(shop);
  const took = await shop.command("index:verify", "--tenant", "demo");
  return {
    ...aim(shop.products),
    measured: `${(took / 1_000).toFixed(1)} s, ${((shop.products / took) * 1_000).toFixed(0)} products/s`,
    yardstick: "",
    reached: `${(took / 1_000).toFixed(0)} s`,
  };
}
