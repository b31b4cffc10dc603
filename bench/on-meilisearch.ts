import * as besideImport from "./cases/beside-import.ts";
import * as rebuildLoad from "./cases/rebuild-load.ts";
import * as rebuild from "./cases/rebuild.ts";
import * as search from "./cases/search-meilisearch.ts";
import * as verify from "./cases/verify.ts";
import * as visibility from "./cases/visibility-meilisearch.ts";
import { caughtUp, withoutPrevious } from "./caught-up.ts";
import type { Comparison } from "./load.ts";
import type { BenchMeilisearch } from "./meilisearch.ts";
import { note } from "./note.ts";
import { scale } from "./scale.ts";
import type { Shop } from "./shop.ts";
import { type Result, skipped } from "./table.ts";
import { type OwnIndexes, ownIndexes } from "./yardsticks/own-indexes.ts";

/** A shop whose products Meilisearch has twice: in our indexes and in its own. */
export interface FedShop {
  shop: Shop;
  own: OwnIndexes;
  searched: Comparison;
}

/** Searches and freshness. The shop's server runs on Meilisearch from here on. */
export async function benchOnMeilisearch(
  shop: Shop,
  meilisearch: BenchMeilisearch,
  results: Result[],
): Promise<FedShop> {
  note(`feed ${shop.products} products to Meilisearch`);
  await shop.restart(meilisearch);
  await caughtUp(shop);

  note("search on Meilisearch");
  const searched = await search.benchMeilisearch(shop, meilisearch);
  results.push(searched.result);

  note("fill Meilisearch's own indexes");
  const own = await ownIndexes(shop, meilisearch.client);
  await own.addAll(1);

  note("mutation to visible in Meilisearch");
  results.push(await visibility.benchVisibilityInMeilisearch(shop, meilisearch, own));
  return { shop, own, searched };
}

/** What takes all documents in hand. The server runs on Meilisearch. */
export async function benchUpkeep({ shop, own }: FedShop, results: Result[]): Promise<void> {
  note("verify");
  results.push(await verify.benchVerify(shop));

  note("rebuild");
  results.push(await rebuild.benchRebuild(shop, own));
  await own.end();
  await withoutPrevious(shop);

  note("publish beside an import");
  results.push(await besideImport.benchBesideImport(shop));

  // Last: it leaves a rebuild behind that was cut short.
  note("search during a rebuild and writes");
  results.push(await rebuildLoad.benchSearchDuringRebuild(shop));
}

/** The rows of all that where there is no Meilisearch. */
export const withoutMeilisearch = (): Result[] =>
  [
    search.aim(scale.small),
    visibility.aim(scale.small),
    search.aim(scale.large),
    visibility.aim(scale.large),
    verify.aim(scale.large),
    rebuild.aim(scale.large),
    besideImport.aim(scale.large),
    rebuildLoad.aim,
  ].map(skipped);
