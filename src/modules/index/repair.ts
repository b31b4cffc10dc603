import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { overwrite } from "./projection.ts";
import { readModels, type ReadModel } from "./read-model.ts";
import { noteChanges } from "./search-documents.ts";
import type { Difference } from "./verify.ts";

/** Makes just these rows of the read model what their source says, whatever revision they claim to have. */
export async function repair(ctx: RequestContext, differences: Difference[]): Promise<void> {
  for (const model of readModels) {
    const rows = differences.filter(({ kind }) => kind === model.kind);
    if (rows.length === 0) continue;
    await inTransaction(ctx, async (tx) => {
      await overwrite(tx, model, rows);
      await clearOrphans(tx, model, rows);
    });
  }
}

/** Rows of a locale the tenant no longer has, or of an id that is neither an entity nor a deleted one. */
async function clearOrphans(
  tx: Transaction,
  { kind, table, id, source }: ReadModel,
  rows: { id: string; locale: string }[],
): Promise<void> {
  await tx.sql(
    `with written as (
       delete from ${table} stored
       using tenants tenant
       where tenant.id = stored.tenant_id
         and (stored.${id}, stored.locale) in (select * from unnest($1::uuid[], $2::text[]))
         and (stored.locale <> all (tenant.locales)
           or not exists (select from ${source} where id = stored.${id})
             and not exists (
               select from tombstones where kind = '${kind}' and aggregate_id = stored.${id}))
       returning stored.tenant_id, stored.${id} as entity_id, stored.locale, stored.generation
     )
     ${kind === "category" ? "select from written" : noteChanges(kind)}`,
    [rows.map((row) => row.id), rows.map(({ locale }) => locale)],
  );
}
