import { Meilisearch } from "meilisearch";
import type { Logger } from "pino";
import type { Database } from "#kernel/database/database";
import { searchWith } from "./engines.ts";
import { fallingBack } from "./fallback-engine.ts";
import { connectMeilisearch } from "./meilisearch/connection.ts";
import { meilisearchEngine } from "./meilisearch/engine.ts";
import { refuseMasterKey } from "./meilisearch/master-key.ts";
import { configureSearchTokens } from "./meilisearch/tokens.ts";
import { rememberedPlaces } from "./place.ts";
import { postgresEngine } from "./postgres/engine.ts";

/** With what PostgreSQL then needs, a search is answered within 2 s. */
export const searchTimeoutMs = 1_200;
/** A document may hold 20,000 characters, a batch thousands of them, and a disk may be slow. */
const feedTimeoutMs = 30_000;

/** Where Meilisearch is, and which of its indexes are ours. */
export interface MeilisearchPlace {
  host: string;
  apiKey: string | undefined;
  indexPrefix: string;
  /** Where browsers reach it, and what their tokens are signed with; absent, there are none. */
  publicHost?: string;
  searchKey?: { key: string; uid: string } | undefined;
}

/**
 * Has Meilisearch answer the searches on a database, and PostgreSQL where it cannot. It need not be
 * there yet. Throws {@link MasterKeyRefused} when it is, and the key is one that no server should have.
 */
export async function searchOnMeilisearch(
  db: Database,
  { host, apiKey, indexPrefix: prefix, publicHost = host, searchKey }: MeilisearchPlace,
  log: Logger,
): Promise<void> {
  const access = { host, ...(apiKey && { apiKey }) };
  const places = rememberedPlaces(db);
  const placeOf = places.of;
  await refuseMasterKey(new Meilisearch({ ...access, timeout: searchTimeoutMs }));
  connectMeilisearch(db, {
    client: new Meilisearch({ ...access, timeout: feedTimeoutMs }),
    prefix,
  });
  const meilisearch = meilisearchEngine({
    client: new Meilisearch(access),
    prefix,
    placeOf,
    db,
    timeoutMs: searchTimeoutMs,
  });
  searchWith(db, fallingBack({ chosen: meilisearch, postgres: postgresEngine(db), places, log }));
  if (searchKey) configureSearchTokens(db, { host: publicHost, prefix, searchKey, placeOf });
}
