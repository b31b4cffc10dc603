import type { RequestContext } from "#kernel/context";

/** A search that found as many is not asked what it meant. */
const enough = 5;

/**
 * What may have been meant by a query that found few: each word that no document knows replaced by
 * the likeliest that some do. Null for one that found enough, or that nothing better is known for.
 */
export async function didYouMean(
  { db, tenant }: RequestContext,
  { locale, query }: { locale: string; query: string },
  found: number,
): Promise<string | null> {
  if (found >= enough) return null;
  const { rows } = await db.pool.query<{ meant: string | null }>({
    name: "did-you-mean",
    text: "select did_you_mean($1, $2, $3) as meant",
    values: [tenant.id, locale, query],
  });
  return rows[0]?.meant ?? null;
}
