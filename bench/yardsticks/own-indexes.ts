import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { EnqueuedTask, Meilisearch } from "meilisearch";
import { defaultTuning } from "#modules/search";
import type { Card } from "../../src/modules/search/meilisearch/cards.ts";
import { documentId, scopeOf } from "../../src/modules/search/meilisearch/indexes.ts";
import { settingsOf } from "../../src/modules/search/meilisearch/settings.ts";
import { cardsOf } from "../../src/modules/search/sync/cards.ts";
import type { DocumentKey } from "../../src/modules/search/sync/documents.ts";
import type { Shop } from "../shop.ts";

/** Indexes set up as ours, with the same cards, that Meilisearch is given as it likes it best. */
export interface OwnIndexes {
  /** All cards, as those of a generation, in large batches; milliseconds until the last task has succeeded. */
  addAll(generation: number): Promise<number>;
  /** A product's card as it is now, in the shop's own language; milliseconds until its task has succeeded. */
  add(productId: string): Promise<number>;
  end(): Promise<void>;
}

const locales = ["en", "de"];
const batchSize = 10_000;
/** How often a task that somebody waits for is asked after. */
const askMs = 3;

export async function ownIndexes(shop: Shop, client: Meilisearch): Promise<OwnIndexes> {
  const folder = await mkdtemp(join(tmpdir(), "rustok-bench-cards-"));
  const uidOf = (locale: string) => `bench-own-${shop.products}-${locale}`;
  const batches: { uid: string; file: string }[] = [];
  for (const locale of locales) {
    const uid = uidOf(locale);
    await succeeded(client, client.createIndex(uid, { primaryKey: "id" }));
    const settings = settingsOf({ kind: "product", locale, tuning: defaultTuning });
    await succeeded(client, client.index(uid).updateSettings(settings));
    for await (const cards of cardsIn(shop, locale)) {
      const file = join(folder, `${batches.length}.json`);
      await writeFile(file, JSON.stringify(cards));
      batches.push({ uid, file });
    }
  }
  return {
    async addAll(generation) {
      for (const { file } of batches) await rewrite(file, shop.tenantId, generation);
      const began = performance.now();
      const tasks: EnqueuedTask[] = [];
      for (const { uid, file } of batches) {
        const text = await readFile(file, "utf8");
        tasks.push(await client.index(uid).addDocumentsFromString(text, "application/json"));
      }
      for (const task of tasks) await succeeded(client, task);
      return performance.now() - began;
    },
    async add(productId) {
      const cards = JSON.stringify(await cardsAt(shop, "en", "product_id = $3", productId));
      const began = performance.now();
      const index = client.index(uidOf("en"));
      await succeeded(client, index.addDocumentsFromString(cards, "application/json"));
      return performance.now() - began;
    },
    async end() {
      for (const locale of locales) await succeeded(client, client.deleteIndex(uidOf(locale)));
      await rm(folder, { recursive: true });
    },
  };
}

/** What our own feeding would send of all products in a locale. */
async function* cardsIn(shop: Shop, locale: string): AsyncGenerator<Card[]> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const which = `product_id > $3 order by product_id limit ${batchSize}`;
    const cards = await cardsAt(shop, locale, which, after);
    const last = cards.at(-1);
    if (!last) return;
    yield cards;
    after = last.id.slice(0, 36);
  }
}

async function cardsAt(
  { owner, tenantId }: Shop,
  locale: string,
  which: string,
  productId: string,
): Promise<Card[]> {
  const { rows } = await owner.query<DocumentKey>(
    `select tenant_id as "tenantId", 'product' as kind, generation, product_id as "entityId", locale
     from live_products
     where tenant_id = $1 and locale = $2 and visible and ${which}`,
    [tenantId, locale, productId],
  );
  const placed = await cardsOf(
    async (text, values) => (await owner.query(text, values)).rows,
    rows,
  );
  return placed.flatMap(({ card }) => card ?? []);
}

async function rewrite(file: string, tenantId: string, generation: number): Promise<void> {
  const cards = JSON.parse(await readFile(file, "utf8")) as Card[];
  const scope = scopeOf(tenantId, generation);
  const moved = cards.map((card) => ({
    ...card,
    id: documentId(card.id.slice(0, 36), generation),
    scope,
  }));
  await writeFile(file, JSON.stringify(moved));
}

async function succeeded(
  client: Meilisearch,
  enqueued: EnqueuedTask | PromiseLike<EnqueuedTask>,
): Promise<void> {
  const { taskUid } = await enqueued;
  for (;;) {
    const { status, error } = await client.tasks.getTask(taskUid);
    if (status === "succeeded") return;
    if (status === "failed" || status === "canceled") throw new Error(error?.message ?? status);
    await sleep(askMs);
  }
}
