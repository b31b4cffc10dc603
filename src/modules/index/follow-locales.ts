import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { TenantLocalesUpdated } from "#modules/tenants";
import { projectionsEnded } from "./projection.ts";
import { readModels, type ReadModel } from "./read-model.ts";
import { refreshAll } from "./rebuild.ts";
import { noteChanges } from "./search-documents.ts";

/** How many rows are deleted in one transaction. */
const portion = 5_000;

/**
 * Has the read model follow the tenant's locales: nothing is left in one it no longer has, and what is
 * there is made anew, since another locale may stand in for what is not translated. No row comes back by
 * a projection of before: those under way have ended first, and one that starts later knows the locales.
 *
 * It may take minutes, so one that was asked for at a `revision` of the tenant whose locales have changed
 * again since is passed over: the later change asks for another.
 */
export async function followLocales(ctx: RequestContext, revision?: number): Promise<void> {
  if (revision !== undefined && (await haveChangedSince(ctx, revision))) return;
  await projectionsEnded(ctx);
  for (const model of readModels) {
    while (await hasUnspoken(ctx, model)) await removeUnspoken(ctx, model);
  }
  await refreshAll(ctx);
}

function haveChangedSince(ctx: RequestContext, revision: number): Promise<boolean> {
  return inTransaction(ctx, async (tx) => {
    const later = await tx.sql(
      `select from sys_events
       where tenant_id = $1 and aggregate_id = $1 and type = $2 and revision > $3 limit 1`,
      [tx.tenant.id, TenantLocalesUpdated.type, revision],
    );
    return later.length > 0;
  });
}

const unspoken = (table: string) => `
  ${table} r join tenants t on t.id = r.tenant_id
  where r.tenant_id = $1 and r.locale <> all (t.locales)`;

function hasUnspoken(ctx: RequestContext, { table }: ReadModel): Promise<boolean> {
  return inTransaction(ctx, async (tx) => {
    const some = await tx.sql(`select from ${unspoken(table)} limit 1`, [tx.tenant.id]);
    return some.length > 0;
  });
}

async function removeUnspoken(ctx: RequestContext, { kind, table, id }: ReadModel): Promise<void> {
  await inTransaction(ctx, (tx) =>
    tx.sql(
      `with written as (
         delete from ${table} stored
         where ctid = any (array(select r.ctid from ${unspoken(table)} limit ${portion}))
         returning stored.tenant_id, stored.${id} as entity_id, stored.locale, stored.generation
       )
       ${kind === "category" ? "select from written" : noteChanges(kind)}`,
      [tx.tenant.id],
    ),
  );
}
