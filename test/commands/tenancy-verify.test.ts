import { expect, test } from "vitest";
import { loadConfig } from "#config";
import { openSearch } from "#processes/search";
import { installation, log, registry } from "#test/installation";
import { verifyInstallation } from "../../src/commands/tenancy-verify.ts";
import { tenantTables } from "../../src/commands/tenancy-verify/rows.ts";
import { slugPrefix } from "../../src/commands/tenancy-verify/twin-shop.ts";
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
