import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { readModels, type ReadModel } from "./read-model.ts";

/** What a change of some categories, tags and authors would project anew. */
export interface Reprojection {
  /** How many of each kind show at least one of them, in whatever locales. */
  counts: Record<ReadModel["kind"], number>;
  /** Those that something shows. */
  shown: string[];
}

/** Counts what shows them now, where storefronts read. A category counts what is filed below it, and not itself. */
export function previewReprojection(ctx: RequestContext, ids: string[]): Promise<Reprojection> {
  return inTransaction(ctx, async (tx) => {
    const counts = { product: 0, node: 0, category: 0 };
    const shown = new Set<string>();
    for (const { kind, table, id } of readModels) {
      const [row] = await tx.sql<{ documents: number; shown: string[] | null }>(
        `select count(distinct ${id})::integer as documents,
                array_agg(distinct part) filter (where part = any ($1::uuid[])) as shown
         from ${table} r
         join index_generations g
           on g.tenant_id = r.tenant_id and g.kind = '${kind}' and g.generation = r.generation
         cross join unnest(shows) as part
         where shows && $1::uuid[] and g.state = 'live'`,
        [ids],
      );
      counts[kind] = row?.documents ?? 0;
      for (const part of row?.shown ?? []) shown.add(part);
    }
    return { counts, shown: ids.filter((each) => shown.has(each)) };
  });
}
