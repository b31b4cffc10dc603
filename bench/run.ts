import "reflect-metadata";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { benchReprojection } from "./cases/reprojection.ts";
import { benchThroughput } from "./cases/throughput.ts";
import { searchBySize } from "./cases/search-by-size.ts";
import { startMeilisearch } from "./meilisearch.ts";
import { note } from "./note.ts";
import { benchOnMeilisearch, benchUpkeep, withoutMeilisearch } from "./on-meilisearch.ts";
import { benchOnPostgres } from "./on-postgres.ts";
import { products, scale } from "./scale.ts";
import { openShop, type Shop } from "./shop.ts";
import { table, type Result } from "./table.ts";

// Everything runs here and now, ours and its yardstick in the same run: the ratios hold on another machine.
const results: Result[] = [];
const shops: Shop[] = [];

execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
const folder = await mkdtemp(join(tmpdir(), "rustok-bench-meilisearch-"));
const meilisearch = await startMeilisearch(folder, 4_113);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    tell();
    void end().finally(() => process.exit(1));
  });
}

try {
  const { small, large, searched } = await benchOnPostgres(
    { small: () => open(scale.small, 4_110), large: () => open(scale.large, 4_111) },
    results,
  );
  const fedSmall = meilisearch && (await benchOnMeilisearch(small, meilisearch, results));
  await fedSmall?.own.end();
  note("events from commit to index");
  results.push(...(await benchThroughput(small)));
  const fedLarge = meilisearch && (await benchOnMeilisearch(large, meilisearch, results));
  results.push(searchBySize("PostgreSQL", searched));
  if (fedSmall && fedLarge) {
    const ofEach = { small: fedSmall.searched, large: fedLarge.searched };
    results.push(searchBySize("Meilisearch", ofEach));
  }

  note("re-projection");
  await large.stop();
  results.push(await benchReprojection(large, small));

  if (fedLarge) {
    await large.restart(meilisearch);
    await benchUpkeep(fedLarge, results);
  } else results.push(...withoutMeilisearch());
} finally {
  tell();
  await end();
}

/** What has been measured so far. */
function tell(): void {
  process.stdout.write(`\n${heading()}\n\n${table(results)}\n`);
}

/** Leaves nothing behind, neither processes nor files. */
async function end(): Promise<void> {
  await Promise.allSettled(shops.map((shop) => shop.end()));
  await meilisearch?.stop();
  await rm(folder, { recursive: true, force: true });
}

async function open(count: number, port: number): Promise<Shop> {
  const shop = await openShop(count, port);
  shops.push(shop);
  return shop;
}

function heading(): string {
  const sizes = `${scale.small.toLocaleString("en")} and ${products(scale.large)}`;
  const engine = meilisearch ? `Meilisearch ${meilisearch.version}` : "no Meilisearch";
  const quick = scale.quick ? " Quick: for trying it out, not for the record." : "";
  return `${sizes}, ${cpus().length} cores, ${engine}.${quick}`;
}
