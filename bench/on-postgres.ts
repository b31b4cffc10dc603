import { setTimeout as sleep } from "node:timers/promises";
import { benchAuthentication } from "./cases/authentication.ts";
import { benchDetail, benchDetailByScale } from "./cases/detail.ts";
import { benchProtection } from "./cases/protection.ts";
import { benchCommonSearch } from "./cases/search-common.ts";
import { benchSearch } from "./cases/search.ts";
import { benchSeed, seed } from "./cases/seed.ts";
import { benchTenants } from "./cases/tenants.ts";
import { benchVisibility } from "./cases/visibility.ts";
import { benchWebhooks } from "./cases/webhooks.ts";
import type { Comparison } from "./load.ts";
import { note } from "./note.ts";
import type { Shop } from "./shop.ts";
import type { Result } from "./table.ts";

/** What PostgreSQL did at both sizes. */
export interface Searched {
  small: Comparison;
  large: Comparison;
}

/** Nothing but PostgreSQL: on a small catalogue everything, and how a large one differs. */
export async function benchOnPostgres(
  open: { small(): Promise<Shop>; large(): Promise<Shop> },
  results: Result[],
): Promise<{ small: Shop; large: Shop; searched: Searched }> {
  const small = await open.small();
  const ofSmall = await benchSmall(small, results);

  const large = await open.large();
  note(`seed ${large.products} products`);
  await seed(large);
  await large.owner.query("vacuum analyze");

  note("detail, search by size");
  results.push(await benchDetailByScale(large, small));
  results.push(await benchCommonSearch(small));
  results.push(await benchCommonSearch(large));
  const ofLarge = await benchSearch(large);
  results.push(ofLarge.result);
  return { small, large, searched: { small: ofSmall, large: ofLarge } };
}

async function benchSmall(shop: Shop, results: Result[]): Promise<Comparison> {
  note("resident memory, idle");
  await sleep(5_000);
  const idleMb = await shop.server.residentMb();

  note(`seed and index ${shop.products} products`);
  results.push(await benchSeed(shop));
  await shop.owner.query("vacuum analyze");

  note("product detail");
  results.push(await benchDetail(shop));

  note("authentication");
  results.push(...(await benchAuthentication(shop)));
  note("whose a request is");
  results.push(await benchTenants(shop));

  note("protection");
  results.push(...(await benchProtection(shop)));

  note("search");
  const searched = await benchSearch(shop);
  results.push(searched.result);
  const loadedMb = await shop.server.residentMb();

  note("mutation to visible");
  results.push(await benchVisibility(shop));

  note("webhooks");
  results.push(await benchWebhooks(shop));

  note("start on existing data");
  await shop.restart();
  results.push(
    {
      what: "start on existing data → ready",
      measured: `${(shop.server.tookMs / 1_000).toFixed(1)} s`,
      yardstick: "",
      toReach: "report; aim ≤ 3 s",
      reached: "",
    },
    {
      what: "resident memory, all roles, idle / under load",
      measured: `${idleMb.toFixed(0)} / ${loadedMb.toFixed(0)} MB`,
      yardstick: "",
      toReach: "report; aim ≤ 250 / 450 MB",
      reached: "",
    },
  );
  return searched;
}
