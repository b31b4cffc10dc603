import { setTimeout as sleep } from "node:timers/promises";
import { documentId } from "../../src/modules/search/meilisearch/indexes.ts";
import { caughtUp } from "../caught-up.ts";
import { percentile } from "../load.ts";
import type { BenchMeilisearch } from "../meilisearch.ts";
import { renameProduct } from "../queries.ts";
import { products } from "../scale.ts";
import type { Shop } from "../shop.ts";
import type { Aim, Result } from "../table.ts";
import type { OwnIndexes } from "../yardsticks/own-indexes.ts";

const rounds = 40;
const askMs = 3;

export const aim = (count: number): Aim => ({
  what: `mutation → visible in Meilisearch, idle, ${products(count)}`,
  toReach: "≤ 1.5 ×",
});

/**
 * From sending a rename until a search of Meilisearch shows the new name, against Meilisearch's own time
 * for one such document in an index of the same size: in turn, nothing else going on.
 */
export async function benchVisibilityInMeilisearch(
  shop: Shop,
  { client }: BenchMeilisearch,
  own: OwnIndexes,
): Promise<Result> {
  const ask = await shop.asAdministrator();
  const index = client.index(`${shop.indexPrefix}_products_en`);
  const { rows } = await shop.owner.query<{ id: string }>(
    `select product_id as id from live_products
     where tenant_id = $1 and locale = 'en' and visible order by md5(product_id::text) limit $2`,
    [shop.tenantId, rounds + 1],
  );
  const rename = async (id: string, title: string) => {
    const began = performance.now();
    await ask(renameProduct, { input: { id, translations: [{ locale: "en", title }] } });
    for (;;) {
      // By its id: an index shows a change to every search at once, and this one costs it least.
      const { hits } = await index.search<{ title: string }>("", {
        filter: `id = "${documentId(id, 1)}"`,
        limit: 1,
        attributesToRetrieve: ["title"],
      });
      if (hits[0]?.title === title) return performance.now() - began;
      await sleep(askMs);
    }
  };

  const ours: number[] = [];
  const yardstick: number[] = [];
  for (const [round, { id }] of rows.entries()) {
    // A word that is in no other title, and unlike the others.
    const title = `xq${(round * 7_919 + 104_729).toString(36)}zw${round.toString(36)}`;
    await caughtUp(shop);
    const took = await rename(id, title);
    await caughtUp(shop);
    const bare = await own.rename(round, title);
    // The first warms both up.
    if (round === 0) continue;
    ours.push(took);
    yardstick.push(bare);
  }
  const show = (times: number[]) =>
    `p50 ${percentile(times, 50).toFixed(0)} ms, p95 ${percentile(times, 95).toFixed(0)} ms`;
  const ratio = (p: number) => (percentile(ours, p) / percentile(yardstick, p)).toFixed(2);
  return {
    ...aim(shop.products),
    measured: show(ours),
    yardstick: `add document → succeeded: ${show(yardstick)}`,
    reached: `p50 ${ratio(50)} ×, p95 ${ratio(95)} ×`,
  };
}
