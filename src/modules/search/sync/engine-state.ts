import type { ClientBase } from "pg";

/** An index of the engine as PostgreSQL knows it. */
export interface KnownIndex {
  uid: string;
  kind: "product" | "node";
  locale: string;
  /** Whose own it is; null for one that tenants share. */
  tenantId: string | null;
  /** What the engine said of itself when we made it: one that says otherwise is another one. */
  createdAt: string;
  ready: boolean;
}

const columns = `uid, kind, locale, tenant_id as "tenantId", created_at as "createdAt", ready`;

export async function knownIndexes(db: ClientBase): Promise<KnownIndex[]> {
  const { rows } = await db.query<KnownIndex>(`select ${columns} from search_indexes order by uid`);
  return rows;
}

/** Every index there has to be: by the locales of tenants, and by who has their own. */
export async function neededIndexes(
  db: ClientBase,
): Promise<Pick<KnownIndex, "kind" | "locale" | "tenantId">[]> {
  const { rows } = await db.query<Pick<KnownIndex, "kind" | "locale" | "tenantId">>(`
    select distinct g.kind, locale, case when g.own_index then g.tenant_id end as "tenantId"
    from tenants t, unnest(t.locales) locale, index_generations g
    where g.tenant_id = t.id and g.kind <> 'category' and g.state <> 'retired'`);
  return rows;
}

export async function noteIndex(db: ClientBase, index: Omit<KnownIndex, "ready">): Promise<void> {
  await db.query(
    `insert into search_indexes (uid, kind, locale, tenant_id, created_at) values ($1, $2, $3, $4, $5)
     on conflict (uid) do update
     set created_at = excluded.created_at, made_at = now(), ready = false`,
    [index.uid, index.kind, index.locale, index.tenantId, index.createdAt],
  );
}

/** Has nobody search there from now on; who knows the indexes does so for a moment still. */
export async function retractIndexes(db: ClientBase, uids: string[]): Promise<void> {
  await db.query("update search_indexes set ready = false where uid = any ($1)", [uids]);
}

export async function forgetIndex(db: ClientBase, uid: string): Promise<void> {
  await db.query("delete from search_indexes where uid = $1", [uid]);
}

/** The highest task that the engine has ever taken from us; undefined before there was an engine. */
export async function lastTask(db: ClientBase): Promise<number | undefined> {
  const { rows } = await db.query<{ task: number }>(
    "select last_task::float8 as task from search_engine",
  );
  return rows[0]?.task;
}

/**
 * The engine is another than we knew, or none was known: what it says now is where we begin, and no
 * index of it is one that we know. From the first time on projections note what they write.
 */
export async function beginWith(db: ClientBase, task: number): Promise<void> {
  await db.query({
    text: `
      with forgotten as (delete from search_indexes)
      insert into search_engine (last_task) values ($1)
      on conflict (id) do update set last_task = excluded.last_task`,
    values: [task],
  });
}

/** Waits for the projections that may not have seen yet that there is an engine, one tenant's after the other's. */
export async function allProjectionsEnded(db: ClientBase): Promise<void> {
  await db.query(`
    select pg_advisory_lock(key), pg_advisory_unlock(key)
    from (select hashtextextended('rustok projections of ' || id, 0) as key from tenants order by id) each`);
}

export async function noteTask(db: ClientBase, task: number): Promise<void> {
  await db.query({
    name: "note-task",
    text: "update search_engine set last_task = greatest(last_task, $1)",
    values: [task],
  });
}

/** Has every document of an index sent again, whatever the engine may have of it. */
export async function sendAll(
  db: ClientBase,
  { kind, locale, tenantId }: Pick<KnownIndex, "kind" | "locale" | "tenantId">,
): Promise<void> {
  const [table, id] =
    kind === "product" ? ["index_products", "product_id"] : ["index_content", "node_id"];
  await db.query(
    `insert into search_documents as known (tenant_id, kind, generation, entity_id, locale)
     select r.tenant_id, $1, r.generation, r.${id}, r.locale
     from ${table} r
     join index_generations g
       on g.tenant_id = r.tenant_id and g.kind = $1 and g.generation = r.generation
     where r.locale = $2 and g.state <> 'retired'
       and case when $3::uuid is null then not g.own_index else g.own_index and g.tenant_id = $3 end
     order by r.${id}, r.generation
     on conflict (tenant_id, kind, generation, entity_id, locale) do update
     set version = excluded.version, since = now(), attempts = 0,
         sent_task = null, sent_version = null, done_task = null, done_version = null,
         refused_version = null, problem = null`,
    [kind, locale, tenantId],
  );
  // Of what has no row any more: tasks of an engine before this one say nothing of the order of its own.
  await db.query(
    `update search_documents set sent_task = null, done_task = null
     where kind = $1 and locale = $2
       and greatest(sent_task, done_task) > (select last_task from search_engine)`,
    [kind, locale],
  );
}

/**
 * Marks the indexes ready that have come to hold everything that was to be in them when they were made;
 * what has come since is a matter of how far behind they are.
 */
export async function noteReady(db: ClientBase): Promise<void> {
  const missing = "d.done_version is null and d.since <= i.made_at and d.locale = i.locale";
  await db.query(`
    update search_indexes i set ready = true
    where not ready and not exists (
      select from index_generations g
      where g.kind = i.kind and g.state <> 'retired'
        and case when i.tenant_id is null then not g.own_index else g.own_index and g.tenant_id = i.tenant_id end
        and (exists (
            select from (
              select from search_documents d
              where d.tenant_id = g.tenant_id and d.kind = g.kind and d.generation = g.generation
                and d.sent_task is null and d.done_version is distinct from d.version and ${missing}
              order by d.since limit 1) waiting)
          or exists (
            select from search_documents d
            where d.sent_task is not null
              and d.tenant_id = g.tenant_id and d.kind = g.kind and d.generation = g.generation and ${missing})))`);
}
