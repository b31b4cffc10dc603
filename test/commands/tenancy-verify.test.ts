import { expect, test } from "vitest";
import { describeMeilisearch } from "#test/meilisearch";
import { loadConfig } from "#config";
import { slugPrefixOfVerification as slugPrefix } from "#kernel/tenancy/names";
import { openSearch } from "#processes/search";
import { installation, log, registry } from "#test/installation";
import { verifyInstallation } from "../../src/commands/tenancy-verify.ts";
import { removeShops } from "../../src/commands/tenancy-verify/remove.ts";
import { tenantTables } from "../../src/commands/tenancy-verify/rows.ts";
import { onSale } from "../modules/search/a-catalogue.ts";
import { aFedEngine, caughtUp } from "../modules/search/sync/a-fed-engine.ts";
import type { Runtime } from "#processes/runtime";

const { aTenant, anEditor, db, owner, tokens } = await installation();

const runtime: Runtime = {
  config: loadConfig({ NODE_ENV: "test", RUSTOK_SECRET: "a secret that only tests may know of" }),
  db,
  ownerUrl: db.url,
  log,
  registry,
  search: await openSearch(undefined, db, log),
  tokens,
  redis: undefined,
  adapters: {},
  close: async () => {},
};

/** How many rows there are of tenants, in each table. */
async function rowCounts(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name } of await tenantTables(db)) {
    counts[name] = (await owner.query(`select from ${name}`)).rowCount ?? 0;
  }
  return counts;
}

test("an installation as it is leaks nothing, and has nothing of the attack left afterwards", async () => {
  await anEditor();
  const before = await rowCounts();
  // Of a verification that was cut off.
  await aTenant({ slug: `${slugPrefix}left` });
  expect(await verifyInstallation(runtime)).toEqual([]);
  expect(await rowCounts()).toEqual(before);
  const { rowCount } = await owner.query("select from tenants where starts_with(slug, $1)", [
    slugPrefix,
  ]);
  expect(rowCount).toBe(0);
}, 60_000);

test("only one verification runs at a time: each would remove the tenants of the other", async () => {
  const left = await aTenant({ slug: `${slugPrefix}running` });
  const other = await owner.connect();
  const lock = "hashtextextended('rustok tenancy:verify', 0)";
  await other.query(`select pg_advisory_lock(${lock})`);
  await expect(verifyInstallation(runtime)).rejects.toThrow("Another verification is under way.");
  await other.query(`select pg_advisory_unlock(${lock})`);
  other.release();
  const { rowCount } = await owner.query("select from tenants where id = $1", [left.id]);
  expect(rowCount).toBe(1);
});

describeMeilisearch("with Meilisearch", () => {
  test("its tenants leave no documents in the engine", async () => {
    const { meilisearch } = await aFedEngine();
    const shop = await anEditor(await aTenant({ slug: `${slugPrefix}fed` }));
    await onSale(shop, { title: "A mug", handle: "mug" });
    await caughtUp();
    const index = meilisearch.client().index(`${meilisearch.prefix}_products_en`);
    const filter = `scope = "${shop.tenant.id}:1"`;
    const documents = async () => (await index.getDocuments({ filter, limit: 0 })).total;
    expect(await documents()).toBe(1);
    const client = await owner.connect();
    await removeShops(client, { db, log });
    client.release();
    expect(await documents()).toBe(0);
  });
});
