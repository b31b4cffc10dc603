import { setTimeout as sleep } from "node:timers/promises";
import { caughtUp } from "../caught-up.ts";
import { graphql } from "../graphql.ts";
import { describe } from "../load.ts";
import { openLoop } from "../open-loop.ts";
import { renameProduct, searchWithSnippets } from "../queries.ts";
import { searches } from "../search-words.ts";
import type { Shop } from "../shop.ts";
import type { Aim, Result } from "../table.ts";

const searchesPerSecond = 20;
const writesPerSecond = 50;
const idleMs = 40_000;
/** Of a rebuild that takes longer, these are measured: the rest of it is no different. */
const longestMs = 180_000;
/** Not counted: a server that was just started has to come to know its own code, and its words. */
const warmUpMs = 15_000;

export const aim: Aim = {
  what: `search at ${searchesPerSecond}/s during a rebuild and ${writesPerSecond} writes/s`,
  toReach: "p99 ≤ 2 ×",
};

/** Searches at a fixed rate while a rebuild runs and products are renamed, against the same while nothing else goes on. */
export async function benchSearchDuringRebuild(shop: Shop): Promise<Result> {
  await caughtUp(shop);
  await searching(shop, sleep(warmUpMs));
  const idle = await searching(shop, sleep(idleMs));
  const rebuild = shop.begin("index:rebuild", "--tenant", "demo", "--kind", "product");
  const measured = Promise.race([rebuild.ended, sleep(longestMs, undefined, { ref: false })]);
  const [busy, writes] = await Promise.all([searching(shop, measured), renaming(shop, measured)]);
  await rebuild.stop();
  return {
    ...aim,
    measured: `${describe(busy)}${busy.stoodIn} (${writes.perSecond.toFixed(0)} writes/s)`,
    yardstick: `idle: ${describe(idle)}${idle.stoodIn}`,
    reached: `p50 ${(busy.p50 / idle.p50).toFixed(2)} ×, p99 ${(busy.p99 / idle.p99).toFixed(2)} ×`,
  };
}

/** How searches fare until `ended`, and how often PostgreSQL stood in. */
async function searching(shop: Shop, ended: Promise<unknown>) {
  const ask = graphql(shop.server.url);
  const queries = await searches(shop.owner, shop.tenantId);
  let byPostgres = 0;
  let all = 0;
  const measured = await openLoop(searchesPerSecond, ended, async (turn) => {
    const { searchProducts } = await ask<{ searchProducts: { engine: string } }>(
      searchWithSnippets,
      { query: queries[turn % queries.length] },
    );
    all += 1;
    if (searchProducts.engine !== "MEILISEARCH") byPostgres += 1;
  });
  const share = ((100 * byPostgres) / all).toFixed(1);
  return { ...measured, stoodIn: byPostgres > 0 ? `, ${share} % by PostgreSQL` : "" };
}

/** Gives a thousand products a second name and takes it away again. */
async function renaming(shop: Shop, ended: Promise<unknown>) {
  const ask = await shop.asAdministrator();
  const { rows } = await shop.owner.query<{ id: string; title: string }>(
    `select product_id as id, title from live_products
     where tenant_id = $1 and locale = 'en' and visible order by md5(product_id::text) limit 1000`,
    [shop.tenantId],
  );
  return openLoop(writesPerSecond, ended, async (turn) => {
    const { id, title } = rows[turn % rows.length] ?? { id: "", title: "" };
    const renamed = turn % (2 * rows.length) < rows.length ? `${title} Renewed` : title;
    await ask(renameProduct, { input: { id, translations: [{ locale: "en", title: renamed }] } });
  });
}
