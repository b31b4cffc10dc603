import { setTimeout as rest } from "node:timers/promises";
import type { Meilisearch } from "meilisearch";
import type { Client } from "pg";
import { indexUid } from "../meilisearch/indexes.ts";
import { searchTimeoutMs } from "../on-meilisearch.ts";
import { rememberedMs } from "../place.ts";
import { applyIndexSettings } from "./apply-index-settings.ts";
import {
  allProjectionsEnded,
  beginWith,
  forgetIndex,
  knownIndexes,
  type KnownIndex,
  lastTask,
  neededIndexes,
  noteIndex,
  retractIndexes,
  sendAll,
} from "./engine-state.ts";
import { done } from "./done.ts";
import type { Indexes } from "./send.ts";

/**
 * Sees that the engine has every index that is needed, with the settings of our code, and that it is
 * the engine we fed: one that was emptied, or restored from an old dump, gets everything anew. Answers
 * the indexes there are then.
 */
export async function lookAfterIndexes(
  db: Client,
  client: Meilisearch,
  prefix: string,
): Promise<Indexes> {
  const there = await indexesThere(client, prefix);
  const searched = new Set(
    (await knownIndexes(db)).flatMap(({ uid, ready }) => (ready ? uid : [])),
  );
  await recogniseEngine(db, client);
  const known = new Map((await knownIndexes(db)).map((index) => [index.uid, index]));
  const wanted = (await neededIndexes(db)).map(({ kind, locale, tenantId }) => {
    return { uid: indexUid(prefix, kind, locale, tenantId), kind, locale, tenantId };
  });
  const needed = new Set(wanted.map(({ uid }) => uid));
  const lacking = wanted.filter(({ uid }) => {
    const index = known.get(uid);
    return index === undefined || there.get(uid) !== index.createdAt;
  });
  const lost = lacking.flatMap(({ uid }) => (searched.has(uid) ? uid : []));
  if (lost.length > 0) await haveNobodySearch(db, lost);
  if (lacking.length > 0) await allProjectionsEnded(db);
  for (const index of lacking) await makeIndex(db, client, index, there.has(index.uid));
  for (const uid of new Set([...known.keys(), ...there.keys()])) {
    if (needed.has(uid)) continue;
    if (there.has(uid)) await done(client, await client.deleteIndex(uid));
    await forgetIndex(db, uid);
  }
  return new Map((await knownIndexes(db)).map((index) => [index.uid, index]));
}

/** Gives every index the settings of our code where it has others: what a new version brings. */
export async function applyAllSettings(db: Client, client: Meilisearch): Promise<void> {
  for (const index of await knownIndexes(db)) await applyIndexSettings(db, client, index);
}

/** By name, when each index of ours was created. */
async function indexesThere(client: Meilisearch, prefix: string): Promise<Map<string, string>> {
  const { results } = await client.getRawIndexes({ limit: 100_000 });
  return new Map(
    results
      .filter(({ uid }) => uid.startsWith(`${prefix}_`))
      .map(({ uid, createdAt }) => [uid, createdAt]),
  );
}

/** Tasks only ever count up: an engine that does not know the last one of ours has lost its memory. */
async function recogniseEngine(db: Client, client: Meilisearch): Promise<void> {
  const { results } = await client.tasks.getTasks({ limit: 1 });
  const latest = results[0]?.uid ?? -1;
  const ours = await lastTask(db);
  if (ours !== undefined && latest >= ours) return;
  // What its indexes hold is of another time: each is made anew when it is missed.
  await beginWith(db, latest);
}

/** Resolves when no search is under way in the indexes, and none comes: a new one of that name is empty at first. */
async function haveNobodySearch(db: Client, uids: string[]): Promise<void> {
  await retractIndexes(db, uids);
  await rest(rememberedMs + searchTimeoutMs);
}

/** Makes the index, empty, and has everything sent that belongs there. */
async function makeIndex(
  db: Client,
  client: Meilisearch,
  index: Omit<KnownIndex, "createdAt" | "ready">,
  stale: boolean,
): Promise<void> {
  if (stale) await done(client, await client.deleteIndex(index.uid));
  await done(client, await client.createIndex(index.uid, { primaryKey: "id" }));
  await applyIndexSettings(db, client, index);
  const { createdAt } = await client.getRawIndex(index.uid);
  await db.query("begin");
  try {
    await noteIndex(db, { ...index, createdAt: String(createdAt) });
    await sendAll(db, index);
    await db.query("commit");
  } catch (error) {
    await db.query("rollback");
    throw error;
  }
}
