import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { projectionsEnded } from "./projection.ts";
import { readModels, type ReadModel } from "./read-model.ts";

/** A read model that nobody reads or writes any more. */
export interface Retired {
  kind: ReadModel["kind"];
  generation: number;
}

/**
 * How long one can go back after a cut-over. As long as a search token lasts, too: a browser with one
 * reads the generation that was live when it was given out.
 */
export const keepPreviousMs = 60 * 60_000;

/** The query for the ids of tenants that have something to retire, or that is retired. */
export const tenantsWithOldGenerations = `
  select id from tenants_with_old_generations(now() - interval '${keepPreviousMs} milliseconds') t(id)
  order by id`;

/** Retires what was live too long ago, and answers everything of the tenant that is retired. */
export function retire(ctx: RequestContext, keepMs = keepPreviousMs): Promise<Retired[]> {
  return inTransaction(ctx, async (tx) => {
    await tx.sql(
      `update index_generations set state = 'retired'
       where state = 'previous' and retired_at < now() - make_interval(secs => $1)`,
      [keepMs / 1_000],
    );
    return tx.sql<Retired>(
      "select kind, generation from index_generations where state = 'retired' order by kind, generation",
    );
  });
}

/** Retires all of a tenant's that is to go, what is read included. Answers it. */
export function retireAll(ctx: RequestContext): Promise<Retired[]> {
  return inTransaction(ctx, async (tx) => {
    await tx.sql(
      "update index_generations set state = 'retired', retired_at = now() where state <> 'retired'",
    );
    return tx.sql<Retired>(
      "select kind, generation from index_generations order by kind, generation",
    );
  });
}

/** How many rows are deleted in one transaction. */
const batchSize = 5_000;

/**
 * Removes what is left of a retired read model, once no projection that still knew it is under way. The
 * search engine must have been rid of it before: afterwards nobody knows what it had.
 */
export async function removeRetired(
  ctx: RequestContext,
  { kind, generation }: Retired,
): Promise<void> {
  const model = readModels.find((one) => one.kind === kind);
  if (!model) return;
  await projectionsEnded(ctx);
  const tables = [model.table, ...(kind === "category" ? [] : ["search_documents"])];
  for (const table of tables) {
    const ofKind = table === "search_documents" ? `and kind = '${kind}'` : "";
    for (let deleted = batchSize; deleted === batchSize;) {
      deleted = await inTransaction(ctx, async (tx) => {
        const rows = await tx.sql(
          `delete from ${table} where ctid = any (array(
             select ctid from ${table}
             where tenant_id = $1 and generation = $2 ${ofKind} limit ${batchSize}))
           returning 1`,
          [tx.tenant.id, generation],
        );
        return rows.length;
      });
    }
  }
  await inTransaction(ctx, (tx) =>
    tx.sql(
      "delete from index_generations where kind = $1 and generation = $2 and state = 'retired'",
      [kind, generation],
    ),
  );
}
