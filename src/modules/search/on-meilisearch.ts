import { Meilisearch } from "meilisearch";
import type { Database } from "#kernel/database";
import { connectMeilisearch } from "./meilisearch/connection.ts";

/** A document may hold 20,000 characters, a batch thousands of them, and a disk may be slow. */
const feedTimeoutMs = 30_000;

/** Where Meilisearch is, and which of its indexes are ours. */
export interface MeilisearchPlace {
  host: string;
  apiKey: string | undefined;
  indexPrefix: string;
}

/** Has Meilisearch answer the searches on a database, and PostgreSQL where it cannot. */
export function searchOnMeilisearch(
  db: Database,
  { host, apiKey, indexPrefix: prefix }: MeilisearchPlace,
): void {
  const reach = (timeout: number) => new Meilisearch({ host, ...(apiKey && { apiKey }), timeout });
  connectMeilisearch(db, { client: reach(feedTimeoutMs), prefix });
}
