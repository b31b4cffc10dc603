import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { refresh } from "./projection.ts";
import { readModels, type ReadModel } from "./read-model.ts";

/** What everybody may see of something, as of a state of its source. Of two, the later is the one whose pair of revisions is greater. */
export interface Published {
  revision: number;
  sharedRevision: number;
  /** By locale; null while it is not public. */
  documents: Record<string, unknown> | null;
}

/** What is public of it, from no earlier state than the revision; null of what there never was. */
export async function published(
  ctx: RequestContext,
  { kind, id }: { kind: ReadModel["kind"]; id: string },
  atLeast: number,
): Promise<Published | null> {
  const model = readModels.find((known) => known.kind === kind);
  if (!model) return null;
  const found = await inTransaction(ctx, (tx) => read(tx, model, id));
  if (found && found.revision >= atLeast) return found;
  // The workers have not come to it: whoever needs to see a change may project it.
  await refresh(ctx, model, [id]);
  return inTransaction(ctx, (tx) => read(tx, model, id));
}

async function read(
  tx: Transaction,
  { kind, table, id: column }: ReadModel,
  id: string,
): Promise<Published | null> {
  const [found] = await tx.sql<Published & { revision: number | null }>(
    `select max(r.revision)::float8 as revision, max(r.shared_revision)::float8 as "sharedRevision",
            jsonb_object_agg(r.locale, r.doc) filter (where r.visible) as documents
     from ${table} r
     join index_generations g
       on g.tenant_id = r.tenant_id and g.kind = '${kind}' and g.generation = r.generation
     where r.tenant_id = $1 and r.${column} = $2 and g.state = 'live'`,
    [tx.tenant.id, id],
  );
  return found?.revision ? found : null;
}
