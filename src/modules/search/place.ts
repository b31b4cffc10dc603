import { LRUCache } from "lru-cache";
import type { Tenant } from "#kernel/context";
import type { Database } from "#kernel/database/database";

/** Where the search engine has a tenant's documents of one kind and locale. */
export interface Place {
  generation: number;
  /** Whether in an index of the tenant's own. */
  own: boolean;
  /** Whether the index holds all it should. */
  ready: boolean;
}

export type PlaceOf = (tenant: Tenant, kind: "product" | "node", locale: string) => Promise<Place>;

const nowhere = { generation: 1, own: false, ready: false };

export async function placeOf(
  { pool }: Pick<Database, "pool">,
  tenant: Tenant,
  kind: "product" | "node",
  locale: string,
): Promise<Place> {
  const { rows } = await pool.query<Place>({
    name: "search-place",
    text: "select generation, own, ready from search_place($1, $2, $3, $4 * interval '1 ms')",
    values: [tenant.id, kind, locale, behindMs],
  });
  return rows[0] ?? nowhere;
}

/** How long a search may go by where another one was sent. */
export const rememberedMs = 250;
/**
 * How long the engine may lack something before PostgreSQL answers in its place. With what the read model
 * takes, a change is found within two seconds, however busy others keep the engine.
 */
const behindMs = 1_000;

/** Where to search, as it was a moment ago. */
export interface RememberedPlaces {
  of: PlaceOf;
  /** Has the next search look anew. */
  forget(): void;
}

/**
 * The same for every search; good for a moment, in which what was there before still is. An index that
 * has lacked something for too long is not ready: PostgreSQL knows better.
 */
export function rememberedPlaces(db: Pick<Database, "pool">): RememberedPlaces {
  const places = new LRUCache<string, Place, Parameters<PlaceOf>>({
    max: 5_000,
    ttl: rememberedMs,
    fetchMethod: (_key, _stale, { context }) => placeOf(db, ...context),
  });
  return {
    of: (tenant, kind, locale) =>
      places.forceFetch(`${tenant.id} ${kind} ${locale}`, { context: [tenant, kind, locale] }),
    forget: () => places.clear(),
  };
}
