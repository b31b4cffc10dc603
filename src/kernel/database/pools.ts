import type pg from "pg";

const watched = new Map<pg.Pool, string>();

/** Has /metrics show the pool until the function it answers is called. Pools of one name are shown together. */
export function watchPool(name: string, pool: pg.Pool): () => void {
  watched.set(pool, name);
  return () => void watched.delete(pool);
}

/** The pools of this process with their names. */
export const watchedPools = (): ReadonlyMap<pg.Pool, string> => watched;
