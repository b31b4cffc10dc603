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
/** Not counted: a server that was just started has to come to know its own code. */
const warmUps = 20;
const askMs = 3;
/** Before either: an engine tidies up for a while after it has said that it is done. */
const restMs = 100;

export const aim = (count: number): Aim => ({
  what: `mutation → visible in Meilisearch, idle, ${products(count)}`,
  toReach: "≤ 1.5 ×",
});

/**
 * From sending a rename until a search of Meilisearch shows the new name, against Meilisearch's own time
 * for the same document in an index of the same size: in turn, nothing else going on.
 */
export async function benchVisibilityInMeilisearch(
  shop: Shop,
  { client }: BenchMeilisearch,
  own: OwnIndexes,
): Promise<Result> {
  const ask = await shop.asAdministrator();
  const uid = `${shop.indexPrefix}_products_en`;
  const { rows } = await shop.owner.query<{ id: string }>(
    `select product_id as id from live_products
     where tenant_id = $1 and locale = 'en' and visible order by md5(product_id::text) limit $2`,
    [shop.tenantId, warmUps + rounds],
  );
  const latestTask = async () => {
    const { results } = await client.tasks.getTasks({ indexUids: [uid], limit: 1 });
    return results[0];
  };
  const rename = async (id: string, title: string) => {
    const before = await latestTask();
    const began = performance.now();
    await ask(renameProduct, { input: { id, translations: [{ locale: "en", title }] } });
    // After the engine's task, as the yardstick does: searching all the time would keep the engine busy.
    for (let task = before; task?.uid === before?.uid || task?.status !== "succeeded";) {
      await sleep(askMs);
      task = await latestTask();
    }
    const found = { filter: `id = "${documentId(id, 1)}"`, attributesToRetrieve: ["title"] };
    const { hits } = await client.index(uid).search<{ title: string }>("", found);
    if (hits[0]?.title !== title) throw new Error("The engine does not show the new name.");
    return performance.now() - began;
  };

  const ours: number[] = [];
  const yardstick: number[] = [];
  for (const [round, { id }] of rows.entries()) {
    // A word that is in no other title, and unlike the others.
    const title = `xq${(round * 7_919 + 104_729).toString(36)}zw${round.toString(36)}`;
    await caughtUp(shop);
    await sleep(restMs);
    const took = await rename(id, title);
    await caughtUp(shop);
    await sleep(restMs);
    const bare = await own.add(id);
    if (round < warmUps) continue;
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
