import { Meilisearch } from "meilisearch";
import type { Logger } from "pino";
import type { MeilisearchConfig } from "#config";
import type { Database } from "#kernel/database/database";
import { searchOnMeilisearch, startSearchSync, type SearchSync } from "#modules/search";

/** What every process has of the search engine. */
export interface Search {
  /** For people: what answers searches, and where. */
  name: string;
  /** Feeds the engine from the read model: what workers do. Nothing to do where PostgreSQL searches. */
  startSync(): SearchSync;
  /** Rejects when it does not answer. Absent where PostgreSQL searches. */
  ping?: () => Promise<unknown>;
}

/** Chooses the engine for a database's searches. Meilisearch need not be there: PostgreSQL stands in. */
export async function openSearch(
  config: MeilisearchConfig | undefined,
  db: Database,
  log: Logger,
): Promise<Search> {
  if (!config) {
    return { name: "PostgreSQL full text", startSync: () => ({ stop: async () => {} }) };
  }
  await searchOnMeilisearch(db, config, log);
  return {
    name: `Meilisearch at ${new URL(config.host).host}`,
    startSync: () => startSearchSync(db, log),
    ping: () => new Meilisearch({ host: config.host }).health(),
  };
}
