import type pg from "pg";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { newId } from "#kernel/ids";
import { afterwards } from "#test/afterwards";
import { installation } from "#test/installation";
import {
  noteDone,
  noteSent,
  type WaitingDocument,
} from "../../../../src/modules/search/sync/documents.ts";
import { noteChanges } from "../../../../src/modules/index/search-documents.ts";
import { until } from "./a-fed-engine.ts";
import { openFeedersConnection } from "./fed-documents.ts";

const task = 7;
let projection: pg.PoolClient;
let feeder: pg.Client;
let documents: WaitingDocument[];

beforeAll(async () => {
  const { owner } = await installation();
  await owner.query("insert into search_engine default values on conflict do nothing");
  projection = await owner.connect();
  afterwards(() => projection.release());
  feeder = await openFeedersConnection();
});

beforeEach(async () => {
  const { anEditor, owner } = await installation();
  const { tenant } = await anEditor();
  // The later of them lies first in the table, so that this is where looking for them begins.
  documents = [newId(), newId()].map((entityId) => ({
    tenantId: tenant.id,
    kind: "product",
    generation: 1,
    entityId,
    locale: "en",
    version: 1,
    attempts: 0,
    refused: false,
    live: true,
    own: false,
  }));
  await owner.query("delete from search_documents");
  for (const document of documents.toReversed()) {
    const { rows } = await owner.query<{ version: number }>(
      `insert into search_documents (tenant_id, kind, generation, entity_id, locale, sent_task, sent_at)
       values ($1, 'product', 1, $2, 'en', $3, now())
       returning version::float8 as version`,
      [tenant.id, document.entityId, task],
    );
    document.version = rows[0]?.version ?? 0;
  }
  await owner.query("update search_documents set sent_version = version");
});

/** What the statement of a projection does to the document. */
const project = ({ tenantId, entityId }: WaitingDocument) =>
  projection.query(
    `with written as (select $1::uuid as tenant_id, 1 as generation, $2::uuid as entity_id, 'en' as locale)
     ${noteChanges("product")}`,
    [tenantId, entityId],
  );

const touch = (those: WaitingDocument[]) =>
  feeder.query("select from touch_search_documents('product', 1, $1, 'en')", [
    those.map(({ entityId }) => entityId),
  ]);

async function feederWaits(): Promise<boolean> {
  const { owner } = await installation();
  const { rowCount } = await owner.query(
    "select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'",
    [(feeder as unknown as { processID: number }).processID],
  );
  return rowCount === 1;
}

test.each([
  ["what is done", () => noteDone(feeder, task), null],
  ["what was sent", () => noteSent(feeder, task + 1, documents.toReversed()), String(task + 1)],
  ["that all is to be sent again", () => touch(documents.toReversed()), String(task)],
])("a projection of the same documents is no obstacle to noting %s", async (_, note, sentTask) => {
  const [first, second] = documents as [WaitingDocument, WaitingDocument];
  await projection.query("begin");
  await project(first);
  const noted = note();
  noted.catch(() => {});
  await until(feederWaits);
  await project(second);
  await projection.query("commit");
  await noted;

  const { owner } = await installation();
  const { rows } = await owner.query<{ sent_task: string | null; waits: boolean }>(
    "select sent_task, done_version is distinct from version as waits from search_documents",
  );
  expect(rows).toEqual([
    { sent_task: sentTask, waits: true },
    { sent_task: sentTask, waits: true },
  ]);
});
