import type { RealMeilisearch } from "#test/meilisearch";
import type { Onlooker } from "../onlooker.ts";

/** How far a rebuild of the products has come, from 0 to 2: as documents, and as documents in the engine. */
export async function progress({ query }: Onlooker): Promise<number> {
  const [row] = await query<{ progress: number }>(`
    with counted as (
      select state,
        (select count(*) from index_products p
         where p.tenant_id = g.tenant_id and p.generation = g.generation) as rows,
        (select count(*) from search_documents d
         where d.tenant_id = g.tenant_id and d.kind = 'product' and d.generation = g.generation
           and d.done_version is not null) as documents
      from index_generations g where kind = 'product'
    )
    select (building.rows + building.documents)::float8 / live.rows as progress
    from counted building, counted live
    where building.state = 'building' and live.state = 'live' and live.rows > 0`);
  return row?.progress ?? 0;
}

/** Whether a process is at work on a rebuild: then it holds the lock of who rebuilds. */
export async function isRebuilding({ query, ctx }: Onlooker): Promise<boolean> {
  const held = await query(
    `select from pg_locks
     where locktype = 'advisory' and granted
       and (classid::bigint << 32) | objid::bigint = hashtextextended($1, 0)`,
    [`rustok rebuild of product for ${ctx.tenant.id}`],
  );
  return held.length > 0;
}

/** What there is of read models beside the one that is read, in PostgreSQL and in Meilisearch. */
export async function leftovers(
  { query }: Onlooker,
  meilisearch: RealMeilisearch,
): Promise<unknown[]> {
  const inPostgres = await query(`
    select 'generation' as what, kind, generation::text from index_generations where state <> 'live'
    union all
    select distinct 'row', 'product', p.generation::text from index_products p
    where p.generation <> live_generation(p.tenant_id, 'product')
    union all
    select distinct 'document', d.kind, d.generation::text from search_documents d
    where d.generation <> live_generation(d.tenant_id, d.kind)`);
  const expected = await query<{ uid: string; documents: number }>(`
    select uid, (
      select count(*)::integer from live_products p
      where i.kind = 'product' and p.locale = i.locale and p.visible) +
      (select count(*)::integer from live_content c
       where i.kind = 'node' and c.locale = i.locale and c.visible) as documents
    from search_indexes i`);
  const { indexes } = await meilisearch.client(meilisearch.masterKey).getStats();
  const wanted = new Map(expected.map(({ uid, documents }) => [uid, documents]));
  const inEngine = Object.entries(indexes).flatMap(([uid, { numberOfDocuments: documents }]) =>
    wanted.get(uid) === documents ? [] : { what: "index", uid, documents, wanted: wanted.get(uid) },
  );
  return [...inPostgres, ...inEngine];
}
