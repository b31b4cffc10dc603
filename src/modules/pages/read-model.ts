import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";

const batchSize = 500;

/**
 * Brings the paths of these pages, and of all that lie below them, up to date. The path that a page has
 * left becomes a redirect to wherever it is.
 *
 * Whoever does so takes turns within a tenant, from before it reads until its commit: so what is
 * written last was read last, in whatever order the events come, and no path is left unseen.
 */
export function refreshPages(ctx: RequestContext, pageIds: string[]): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    await takeTurn(tx);
    const ids = await withAllBelow(tx, pageIds);
    const fresh = JSON.stringify(await tx.sql("select * from project_pages($1)", [ids]));
    await tx.sql(leaveRedirects, [ids, fresh]);
    await tx.sql(dropHidden, [ids, fresh]);
    await tx.sql(writePaths, [fresh]);
    await tx.sql(dropRedirectsHome, [fresh]);
  });
}

/** The same for every page there is or was: what being switched on calls for. */
export async function refreshAllPages(ctx: RequestContext): Promise<void> {
  for await (const ids of knownPages(ctx)) await refreshPages(ctx, ids);
}

/** Where a path is not what the source would make it. */
export interface PageDifference {
  store: "read model";
  kind: "page";
  id: string;
  locale: string;
  reason: "missing" | "stale" | "orphaned";
  /** What differs of a stale one. */
  fields: string[];
}

/** Recomputes every path from source and compares. Changes nothing; what is still on its way differs. */
export async function* verifyPages(ctx: RequestContext): AsyncGenerator<PageDifference> {
  for await (const ids of knownPages(ctx)) {
    yield* await inTransaction(ctx, (tx) =>
      tx.sql<PageDifference>(
        `with fresh as materialized (
           select page_id as id, locale, to_jsonb(facts) as facts from project_pages($1) facts
         ),
         stored as (
           select page_id as id, locale, to_jsonb(facts) as facts from page_paths facts
           where page_id = any ($1::uuid[])
         )
         select 'read model' as store, 'page' as kind, id, locale,
           case when stored.facts is null then 'missing' when fresh.facts is null then 'orphaned' else 'stale' end as reason,
           array(
             select key from jsonb_each(fresh.facts) one join jsonb_each(stored.facts) other using (key)
             where one.value <> other.value
             order by key
           ) as fields
         from fresh full join stored using (id, locale)
         where fresh.facts is distinct from stored.facts
         order by id, locale`,
        [ids],
      ),
    );
  }
}

const rowsOf = (parameter: string) =>
  `jsonb_to_recordset(${parameter}::jsonb) as fresh (
     tenant_id uuid, page_id uuid, locale text, path text, title text, at_home boolean,
     parent_id uuid, "position" integer, breadcrumb jsonb)`;

/** Of a page that is deleted no path leads anywhere. */
const leaveRedirects = `
  insert into page_redirects as known (tenant_id, locale, path, page_id)
  select distinct on (left_behind.locale, left_behind.path)
    left_behind.tenant_id, left_behind.locale, left_behind.path, left_behind.page_id
  from page_paths left_behind
  join nodes on nodes.id = left_behind.page_id
  where left_behind.page_id = any ($1::uuid[])
    and (left_behind.page_id, left_behind.locale, left_behind.path) not in (
      select fresh.page_id, fresh.locale, fresh.path from ${rowsOf("$2")})
  order by left_behind.locale, left_behind.path, left_behind.page_id
  on conflict (tenant_id, locale, path) do update
  set page_id = excluded.page_id, created_at = excluded.created_at`;

const dropHidden = `
  delete from page_paths
  where page_id = any ($1::uuid[])
    and (page_id, locale) not in (select fresh.page_id, fresh.locale from ${rowsOf("$2")})`;

const writePaths = `
  insert into page_paths as stored
    (tenant_id, page_id, locale, path, title, at_home, parent_id, position, breadcrumb)
  select fresh.tenant_id, fresh.page_id, fresh.locale, fresh.path, fresh.title, fresh.at_home,
    fresh.parent_id, fresh.position, fresh.breadcrumb
  from ${rowsOf("$1")}
  order by fresh.page_id, fresh.locale
  on conflict (tenant_id, page_id, locale) do update
  set path = excluded.path, title = excluded.title, at_home = excluded.at_home,
      parent_id = excluded.parent_id, position = excluded.position, breadcrumb = excluded.breadcrumb`;

/** A page that is back where it was needs none from there, and another that is there now goes first for good. */
const dropRedirectsHome = `
  delete from page_redirects
  where (locale, path) in (select fresh.locale, fresh.path from ${rowsOf("$1")})`;

async function takeTurn(tx: Transaction): Promise<void> {
  await tx.sql("select pg_advisory_xact_lock(hashtextextended('paths of pages of ' || $1, 0))", [
    tx.tenant.id,
  ]);
}

async function withAllBelow(tx: Transaction, pageIds: string[]): Promise<string[]> {
  const rows = await tx.sql<{ id: string }>(
    `with recursive below as (
       select id from unnest($1::uuid[]) given (id)
       union
       select n.id from below join nodes n on n.parent_id = below.id where n.kind = 'page'
     )
     select id from below`,
    [pageIds],
  );
  return rows.map(({ id }) => id);
}

/** Every id that either side has heard of, in batches. */
async function* knownPages(ctx: RequestContext): AsyncGenerator<string[]> {
  for (let last = "00000000-0000-0000-0000-000000000000"; ;) {
    const after = last;
    const page = await inTransaction(ctx, (tx) =>
      tx.sql<{ id: string }>(
        `(select id from nodes where kind = 'page' and id > $1 order by id limit ${batchSize})
         union
         (select distinct page_id from page_paths where page_id > $1 order by page_id limit ${batchSize})
         order by id limit ${batchSize}`,
        [after],
      ),
    );
    const end = page.at(-1);
    if (!end) return;
    yield page.map(({ id }) => id);
    last = end.id;
  }
}
