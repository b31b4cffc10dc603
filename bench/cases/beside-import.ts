import { setTimeout as sleep } from "node:timers/promises";
import { allTakenIn } from "../caught-up.ts";
import { percentile } from "../load.ts";
import { products } from "../scale.ts";
import type { Shop } from "../shop.ts";
import type { Aim, Result } from "../table.ts";
import { untilFound } from "./visibility.ts";

/** Not counted: a server that was just started has to come to know its own code. */
const warmUps = 10;
const idleRounds = 20;
const everyMs = 500;
const askMs = 20;

export const aim = (count: number): Aim => ({
  what: `publish → in search while another tenant imports ${products(count)}`,
  toReach: "p99 ≤ 2 s",
});

/**
 * From sending a product's name until a search of the shop finds it, while the tenant beside it has as
 * many products imported as this one has, and until the last of those can be found, too.
 */
export async function benchBesideImport(shop: Shop): Promise<Result> {
  const ask = await shop.asAdministrator();
  const { rows } = await shop.owner.query<{ id: string }>(
    `select product_id as id from live_products
     where tenant_id = $1 and locale = 'en' and visible order by md5(product_id::text) limit 1000`,
    [shop.tenantId],
  );
  let round = 0;
  const publish = () => {
    const id = rows[round % rows.length]?.id;
    // A word that is in no other title, and unlike the others.
    const title = `xq${(round * 7_919 + 104_729).toString(36)}zy${round.toString(36)}`;
    round += 1;
    return untilFound(ask, id, title, askMs);
  };

  for (let warmUp = 0; warmUp < warmUps; warmUp++) await publish();
  const idle: Found[] = [];
  while (idle.length < idleRounds) idle.push(await publish());
  const who = ["--name", "Importer", "--administrator", "importer@example.com"];
  const what = ["--locale", "en", "--currency", "EUR"];
  await shop.command("tenant:create", "importer", ...who, ...what);
  const imported = shop.command("seed", "--tenant", "importer", "--scale", String(shop.products));
  let over = false;
  // The importer's alone: of this shop there is always something under way.
  const takenIn = imported.then(() => allTakenIn(shop, "importer"));
  void takenIn.catch(() => {}).then(() => (over = true));
  const busy: Found[] = [];
  while (!over) {
    busy.push(await publish());
    await sleep(everyMs);
  }
  const took = await imported;
  await takenIn;
  return {
    ...aim(shop.products),
    measured: `${told(busy)}, ${busy.length} times (written after ${(took / 1_000).toFixed(0)} s)`,
    yardstick: `idle: ${told(idle)}`,
    reached: `${(percentile(times(busy), 99) / 1_000).toFixed(1)} s`,
  };
}

type Found = Awaited<ReturnType<typeof untilFound>>;

const times = (found: Found[]) => found.map(({ took }) => took);

function told(found: Found[]): string {
  const [p50, p99, most] = [50, 99, 100].map((p) => percentile(times(found), p).toFixed(0));
  const byPostgres = found.filter(({ engine }) => engine !== "MEILISEARCH").length;
  const stoodIn = byPostgres > 0 ? `, ${byPostgres} by PostgreSQL` : "";
  return `p50 ${p50} ms, p99 ${p99} ms, at most ${most} ms${stoodIn}`;
}
