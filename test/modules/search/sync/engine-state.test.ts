import type pg from "pg";
import { beforeEach, expect, test } from "vitest";
import type { Tenant } from "#kernel/context";
import { newId } from "#kernel/ids";
import { installation } from "#test/installation";
import { noteIndex, noteReady, sendAll } from "../../../../src/modules/search/sync/engine-state.ts";
import { openFeedersConnection } from "./fed-documents.ts";

const index = { uid: "products_en", kind: "product" as const, locale: "en", tenantId: null };
let feeder: pg.Client;
let tenant: Tenant;

beforeEach(async () => {
  const { aTenant, owner } = await installation();
  tenant = await aTenant();
  feeder = await openFeedersConnection();
  await owner.query("delete from search_documents; delete from search_indexes");
  await owner.query("insert into search_engine (last_task) values (3) on conflict do nothing");
  await noteIndex(feeder, { ...index, createdAt: "today" });
});

/** A document that the engine was never told of, and since when. */
async function aDocument(since: string): Promise<string> {
  const { owner } = await installation();
  const id = newId();
  await owner.query(
    `insert into search_documents (tenant_id, kind, generation, entity_id, locale, since)
     values ($1, 'product', 1, $2, 'en', now() + $3::interval)`,
    [tenant.id, id, since],
  );
  return id;
}

async function isReady(): Promise<boolean | undefined> {
  await noteReady(feeder);
  const { rows } = await feeder.query<{ ready: boolean }>("select ready from search_indexes");
  return rows[0]?.ready;
}

test("an index is ready when it has what was to be in it when it was made, whatever has come since", async () => {
  const old = await aDocument("-1 minute");
  await aDocument("1 minute");
  const set = (what: string) =>
    feeder.query(`update search_documents set ${what} where entity_id = $1`, [old]);
  expect(await isReady()).toBe(false);
  await set("sent_task = 1, sent_version = version");
  expect(await isReady()).toBe(false);
  await set("sent_task = null, done_version = version");
  expect(await isReady()).toBe(true);
});

test("what has no row any more forgets the tasks of an engine before this one, and no others", async () => {
  const { owner } = await installation();
  const [old, recent] = [await aDocument("0"), await aDocument("0")];
  await owner.query("update search_documents set done_task = 400000 where entity_id = $1", [old]);
  await owner.query("update search_documents set done_task = 2 where entity_id = $1", [recent]);
  await sendAll(feeder, index);
  const { rows } = await owner.query<{ entity_id: string; done_task: string | null }>(
    "select entity_id, done_task from search_documents",
  );
  expect(new Map(rows.map((row) => [row.entity_id, row.done_task]))).toEqual(
    new Map([
      [old, null],
      [recent, "2"],
    ]),
  );
});
