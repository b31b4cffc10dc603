import type { Meilisearch } from "meilisearch";
import type { RequestContext } from "#kernel/context";
import type { SearchEngine, Tuning } from "#modules/search";
import { installation } from "#test/installation";
import { theMeilisearch } from "#test/meilisearch";
import { contentCard, productCard } from "../../../../src/modules/search/meilisearch/cards.ts";
import { changedSettings } from "../../../../src/modules/search/meilisearch/changed-settings.ts";
import { meilisearchEngine } from "../../../../src/modules/search/meilisearch/engine.ts";
import { documentId, indexUid } from "../../../../src/modules/search/meilisearch/indexes.ts";
import { settingsOf } from "../../../../src/modules/search/meilisearch/settings.ts";

/** By what a search is to be tuned, of the kinds it asks for. */
export interface Tunings {
  locale: string;
  product?: Tuning;
  node?: Tuning;
}

let engine: Promise<SearchEngine> | undefined;

/** The engine over this file's Meilisearch. Every tenant has its own indexes, so that each can be tuned. */
export function fedEngine(): Promise<SearchEngine> {
  return (engine ??= open());
}

async function open(): Promise<SearchEngine> {
  const { db } = await installation();
  const server = await theMeilisearch();
  const placeOf = () => Promise.resolve({ generation: 1, own: true, ready: true });
  // A machine busy with other tests is not to be taken for an engine that hangs.
  return meilisearchEngine({
    client: server.client(),
    prefix: server.prefix,
    placeOf,
    db,
    timeoutMs: 20_000,
  });
}

const models = {
  product: { table: "index_products", id: "product_id", cardOf: productCard },
  node: { table: "index_content", id: "node_id", cardOf: contentCard },
};

/** Gives Meilisearch what the read model has of a tenant now, in one locale, with these settings. */
export async function feed({ tenant }: RequestContext, tunings: Tunings): Promise<void> {
  const server = await theMeilisearch();
  const client = server.client();
  for (const kind of ["product", "node"] as const) {
    const tuning = tunings[kind];
    if (!tuning) continue;
    const uid = indexUid(server.prefix, kind, tunings.locale, tenant.id);
    await setUp(client, uid, { kind, locale: tunings.locale, tuning });
    await fill(client, uid, kind, tenant.id, tunings.locale);
  }
}

const made = new Set<string>();

async function setUp(
  client: Meilisearch,
  uid: string,
  of: Parameters<typeof settingsOf>[0],
): Promise<void> {
  const index = client.index(uid);
  if (!made.has(uid)) await client.createIndex(uid, { primaryKey: "id" }).waitTask();
  made.add(uid);
  const changed = changedSettings(settingsOf(of), await index.getSettings());
  if (changed) await succeeded(index.updateSettings(changed).waitTask());
}

const filled = new Map<string, string>();

async function fill(
  client: Meilisearch,
  uid: string,
  kind: keyof typeof models,
  tenantId: string,
  locale: string,
): Promise<void> {
  const { owner } = await installation();
  const { table, id, cardOf } = models[kind];
  const { rows } = await owner.query(
    `select *, ctid from ${table} where tenant_id = $1 and locale = $2 and generation = 1`,
    [tenantId, locale],
  );
  const state = JSON.stringify(rows.map((row) => [row[id], row.indexed_at, row.revision]));
  if (filled.get(uid) === state) return;
  filled.set(uid, state);
  const index = client.index(uid);
  const cards = rows
    .filter(({ doc }) => doc !== null)
    .map((row) => {
      const card = cardOf(row);
      if ("rejection" in card) throw new Error(card.rejection);
      return card;
    });
  const gone = rows.filter(({ doc }) => doc === null).map((row) => documentId(row[id], 1));
  if (gone.length > 0) await succeeded(index.deleteDocuments(gone).waitTask());
  if (cards.length > 0) await succeeded(index.addDocuments(cards as never[]).waitTask());
}

async function succeeded(waiting: Promise<{ status: string; error: { message: string } | null }>) {
  const { status, error } = await waiting;
  if (status !== "succeeded") throw new Error(error?.message ?? status);
}
