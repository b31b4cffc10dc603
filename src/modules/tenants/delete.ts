import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";

/** How many rows go in one transaction. */
const portion = 5_000;

/**
 * Deletes every row of the context's tenant, itself last: portion by portion, whatever refers to others
 * before what it refers to. Cut short, it goes on at the next call. What lies outside the database must
 * be gone before: afterwards nobody knows what there was.
 */
export async function deleteRows(ctx: RequestContext): Promise<void> {
  const tables = await inTransaction(ctx, deletable);
  for (const table of tables) await inPortions(ctx, leavesOf(table));
  await inPortions(ctx, "select forget_events_of_tenant($1, $2) as gone");
  // Whatever is left, or came meanwhile, refers to the tenant and goes with it.
  await inTransaction(ctx, (tx) => tx.sql("delete from tenants where id = $1", [tx.tenant.id]));
}

interface Table {
  name: string;
  /** Columns by which its rows refer to others of its own, and the columns they refer to. */
  own: { from: string; to: string }[];
}

/** The tenant's tables whose rows may be deleted one by one; each after all those that refer to it. */
async function deletable(tx: Transaction): Promise<Table[]> {
  const tables = await tx.sql<Table & { refersTo: string[] }>(`
    select c.relname as name,
      array(
        select distinct f.confrelid::regclass::text from pg_constraint f
        where f.contype = 'f' and f.conrelid = c.oid and f.confrelid <> c.oid) as "refersTo",
      coalesce((
        select json_agg(json_build_object(
          'from', (select string_agg('referrer.' || quote_ident(attname), ', ' order by n)
                   from unnest(f.conkey) with ordinality k (num, n)
                   join pg_attribute on attrelid = f.conrelid and attnum = num),
          'to', (select string_agg('t.' || quote_ident(attname), ', ' order by n)
                 from unnest(f.confkey) with ordinality k (num, n)
                 join pg_attribute on attrelid = f.confrelid and attnum = num)))
        from pg_constraint f
        where f.contype = 'f' and f.conrelid = c.oid and f.confrelid = c.oid), '[]') as own
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and has_table_privilege(c.oid, 'delete')
    order by 1`);
  const sorted: Table[] = [];
  let left = tables;
  while (left.length > 0) {
    const free = left.filter(({ name }) => !left.some(({ refersTo }) => refersTo.includes(name)));
    if (free.length === 0) throw new Error("Tables refer to each other in a circle.");
    sorted.push(...free);
    left = left.filter((table) => !free.includes(table));
  }
  return sorted;
}

/** Of rows that refer to others of the same table, those first that none refers to. */
function leavesOf({ name, own }: Table): string {
  const leaves = own.map(
    ({ from, to }) => `and not exists (select from ${name} referrer where (${from}) = (${to}))`,
  );
  return `with gone as (
      delete from ${name} where ctid = any (array(
        select t.ctid from ${name} t where t.tenant_id = $1 ${leaves.join(" ")} limit $2))
      returning 1)
    select count(*) as gone from gone`;
}

async function inPortions(ctx: RequestContext, text: string): Promise<void> {
  for (let gone = 1; gone > 0;) {
    gone = await inTransaction(ctx, async (tx) => {
      const [row] = await tx.sql<{ gone: string }>(text, [tx.tenant.id, portion]);
      return Number(row?.gone);
    });
  }
}
