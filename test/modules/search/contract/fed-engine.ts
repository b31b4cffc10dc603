import type { Settings } from "meilisearch";
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
  const timeoutMs = 20_000;
  return meilisearchEngine({
    client: server.client(),
    prefix: server.prefix,
    placeOf,
    db,
    timeoutMs,
  });
}

const models = {
  product: { table: "index_products", id: "product_id", cardOf: productCard },
  node: { table: "index_content", id: "node_id", cardOf: contentCard },
};

/** Gives Meilisearch what the read model has of a tenant now, in one locale, with these settings. */
export async function feed(
  { tenant }: RequestContext,
  { locale, ...tunings }: Tunings,
  { own = true } = {},
): Promise<void> {
  const { prefix } = await theMeilisearch();
  for (const kind of ["product", "node"] as const) {
    const tuning = tunings[kind];
    if (!tuning) continue;
    const uid = indexUid(prefix, kind, locale, own ? tenant.id : null);
    await setUp(uid, settingsOf({ kind, locale, tuning }));
    await fill(uid, kind, tenant.id, locale);
  }
}

const made = new Set<string>();

async function setUp(uid: string, settings: Settings): Promise<void> {
  const client = (await theMeilisearch()).client();
  if (!made.has(uid)) await client.createIndex(uid, { primaryKey: "id" }).waitTask();
  made.add(uid);
  const changed = changedSettings(settings, await client.index(uid).getSettings());
  if (changed) await succeeded(client.index(uid).updateSettings(changed).waitTask());
}

const filled = new Map<string, string>();

async function fill(
  uid: string,
  kind: keyof typeof models,
  tenantId: string,
  locale: string,
): Promise<void> {
  const { owner } = await installation();
  const { table, id, cardOf } = models[kind];
  const { rows } = await owner.query(
    `select * from ${table} where tenant_id = $1 and locale = $2 and generation = 1`,
    [tenantId, locale],
  );
  const state = JSON.stringify(rows.map((row) => [row[id], row.indexed_at, row.revision]));
  if (filled.get(uid + tenantId) === state) return;
  filled.set(uid + tenantId, state);
  const index = (await theMeilisearch()).client().index(uid);
  const cards = rows.filter(({ doc }) => doc !== null).map((row) => cardOf(row as never));
  for (const card of cards) if ("rejection" in card) throw new Error(card.rejection);
  const gone = rows.filter(({ doc }) => doc === null).map((row) => documentId(row[id], 1));
  if (gone.length > 0) await succeeded(index.deleteDocuments(gone).waitTask());
  if (cards.length > 0) await succeeded(index.addDocuments(cards).waitTask());
}

async function succeeded(waiting: Promise<{ status: string; error: { message: string } | null }>) {
  const { status, error } = await waiting;
  if (status !== "succeeded") throw new Error(error?.message ?? status);
}
