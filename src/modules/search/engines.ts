import type { RequestContext } from "#kernel/context";
import type { Database } from "#kernel/database";
import type { SearchEngine } from "./engine.ts";
import { postgresEngine } from "./postgres-engine.ts";

const chosen = new WeakMap<Database, SearchEngine>();

/** Has this engine answer the searches of a database's tenants from now on. */
export function searchWith(db: Database, engine: SearchEngine): void {
  chosen.set(db, engine);
}

/** The engine that answers: PostgreSQL where no other was chosen, or for who must not see an older state. */
export function engineOf({ db }: RequestContext): SearchEngine {
  return chosen.get(db) ?? postgresEngine(db);
}
