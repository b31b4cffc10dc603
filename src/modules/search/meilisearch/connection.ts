import type { Meilisearch } from "meilisearch";
import type { Database } from "#kernel/database/database";

/** How this installation reaches its Meilisearch. */
export interface MeilisearchConnection {
  /** For feeding and comparing: patient. */
  client: Meilisearch;
  /** What the names of its indexes begin with. */
  prefix: string;
}

const connections = new WeakMap<Database, MeilisearchConnection>();

export function connectMeilisearch(db: Database, connection: MeilisearchConnection): void {
  connections.set(db, connection);
}

/** Undefined where PostgreSQL searches. */
export function meilisearchOf(db: Database): MeilisearchConnection | undefined {
  return connections.get(db);
}
