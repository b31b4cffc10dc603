import type { RequestContext } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import { engineShows } from "#modules/index";
import type { SearchEngine } from "./engine.ts";
import { postgresEngine } from "./postgres/engine.ts";

const chosen = new WeakMap<Database, SearchEngine>();

/** Has this engine answer the searches of a database's tenants from now on. */
export function searchWith(db: Database, engine: SearchEngine): void {
  chosen.set(db, engine);
}

/** The engine that answers: PostgreSQL where no other was chosen, or while that does not show what the caller must see. */
export function engineOf(ctx: RequestContext): SearchEngine {
  const postgres = postgresEngine(ctx.db);
  const engine = chosen.get(ctx.db) ?? postgres;
  const { mustShow } = ctx;
  if (!mustShow || engine === postgres) return engine;
  const fit = async () => ((await engineShows(ctx, mustShow)) ? engine : postgres);
  return {
    searchProducts: async (tenant, search) => (await fit()).searchProducts(tenant, search),
    searchContent: async (tenant, search) => (await fit()).searchContent(tenant, search),
    searchAll: async (tenant, search) => (await fit()).searchAll(tenant, search),
  };
}
