import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "../load.ts";
import { products } from "../scale.ts";
import type { Shop } from "../shop.ts";
import type { Aim, Result } from "../table.ts";
import { untilFound } from "./visibility.ts";

const idleRounds = 20;
const everyMs = 500;
const askMs = 20;

export const aim = (count: number): Aim => ({
  what: `publish → in search while another tenant imports ${products(count)}`,
  toReach: "p99 ≤ 2 s",
});

/** From sending a product's name until a search of the shop finds it, while the tenant beside it has as many products imported as this one has. */
export async function benchBesideImport(shop: Shop): Promise<Result> {
  const ask = await shop.asAdministrator();
  const { rows } = await shop.owner.query<{ id: string }>(
    `select product_id as id from live_products
     where tenant_id = $1 and locale = 'en' and visible order by md5(product_id::text) limit 1000`,
    [shop.tenantId],
  );
  let round = 0;
  const publish = (): Promise<number> => {
    const id = rows[round % rows.length]?.id;
    // A word that is in no other title, and unlike the others.
    const title = `xq${(round * 7_919 + 104_729).toString(36)}zy${round.toString(36)}`;
    round += 1;
    return untilFound(ask, id, title, askMs);
  };

  const idle: number[] = [];
  while (idle.length < idleRounds) idle.push(await publish());
  const who = ["--name", "Importer", "--administrator", "importer@example.com"];
  const what = ["--locale", "en", "--currency", "EUR"];
  await shop.command("tenant:create", "importer", ...who, ...what);
  const imported = shop.command("seed", "--tenant", "importer", "--scale", String(shop.products));
  let over = false;
  void imported.catch(() => {}).then(() => (over = true));
  const busy: number[] = [];
  while (!over) {
    busy.push(await publish());
    await sleep(everyMs);
  }
  const took = await imported;
  const show = (times: number[]) =>
    `p50 ${percentile(times, 50).toFixed(0)} ms, p99 ${percentile(times, 99).toFixed(0)} ms`;
  return {
    ...aim(shop.products),
    measured: `${show(busy)}, ${busy.length} times (import ${(took / 1_000).toFixed(0)} s)`,
    yardstick: `idle: ${show(idle)}`,
    reached: `${(percentile(busy, 99) / 1_000).toFixed(1)} s`,
  };
}
