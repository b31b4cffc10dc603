import { Migration } from "@mikro-orm/migrations";

/**
 * What a search engine beside PostgreSQL has of the read model, document by document.
 *
 * The statement that writes a row of the read model raises the document's `version` here; who feeds
 * the engine sends what lags behind, and notes what the engine has confirmed. `rustok_search` is the
 * role it does that as: it reads the read model of all tenants and nothing else.
 */
export class IndexSearchDocuments extends Migration {
  override up(): void {
    this.addSql(`
      do $$
      begin
        if not exists (select from pg_roles where rolname = 'rustok_search') then
          create role rustok_search nologin;
        end if;
        if not pg_has_role(current_user, 'rustok_search', 'member') then
          grant rustok_search to current_user;
        end if;
      exception when duplicate_object or unique_violation then null;
      end $$;
      grant usage on schema public to rustok_search;

      create table search_engine (
        id        smallint primary key default 1 check (id = 1),
        last_task bigint not null default -1
      );
      comment on table search_engine is
        'One row once there is an engine to feed, none before: then no versions are kept. last_task is the highest task it has ever taken from us: an engine that knows only lower ones was restored or emptied.';
      grant select on search_engine to rustok_app;
      grant select, insert, update on search_engine to rustok_search;

      create table search_indexes (
        uid        text primary key,
        kind       text not null check (kind in ('product', 'node')),
        locale     text not null,
        tenant_id  uuid references tenants on delete cascade,
        created_at text not null,
        ready      boolean not null default false
      );
      comment on table search_indexes is
        'The engine''s indexes: shared by all tenants, or one tenant''s own. created_at is what the engine says of itself; an index that says otherwise is another one. Until it is ready, PostgreSQL answers in its place.';
      alter table search_indexes enable row level security;
      alter table search_indexes force row level security;
      create policy shared_or_own on search_indexes for select to rustok_app
        using (tenant_id is null or tenant_id = current_tenant());
      create policy search_feeds on search_indexes to rustok_search using (true) with check (true);
      create policy reader_reads on search_indexes for select to rustok_reader using (true);
      grant select on search_indexes to rustok_app;
      grant select, insert, update, delete on search_indexes to rustok_search;

      create sequence search_versions;
      grant usage on sequence search_versions to rustok_app, rustok_search;

      create table search_documents (
        tenant_id    uuid not null references tenants on delete cascade,
        kind         text not null check (kind in ('product', 'node')),
        generation   integer not null,
        entity_id    uuid not null,
        locale       text not null,
        version      bigint not null default nextval('search_versions'),
        since        timestamptz not null default now(),
        attempts     integer not null default 0,
        sent_version bigint,
        sent_task    bigint,
        sent_at      timestamptz,
        done_version bigint,
        done_task    bigint,
        done_at      timestamptz,
        refused_version bigint,
        problem      text,
        primary key (tenant_id, kind, generation, entity_id, locale)
      ) with (fillfactor = 70);
      comment on column search_documents.version is 'Grows with every change of the row it stands for.';
      comment on column search_documents.since is 'When the oldest change was made that the engine does not have yet, or did not have until done_at.';
      comment on column search_documents.sent_task is 'The engine''s task that carries sent_version; null when none is under way.';
      comment on column search_documents.problem is 'Why the engine cannot have the document as it is at refused_version; it then has none.';
      create index search_documents_waiting on search_documents (tenant_id, generation, since)
        where sent_task is null and done_version is distinct from version;
      create index search_documents_under_way on search_documents (sent_task) where sent_task is not null;
      create index search_documents_refused on search_documents (tenant_id) where problem is not null;
      create index search_documents_by_done on search_documents (done_at);
      select protect_tenant_rows('search_documents');
      create policy search_feeds on search_documents to rustok_search using (true) with check (true);
      grant select, insert, update, delete on search_documents to rustok_search;`);

    for (const table of ["index_products", "index_content", "index_generations", "tenants"]) {
      this.addSql(`
        create policy search_reads on ${table} for select to rustok_search using (true);
        grant select on ${table} to rustok_search;`);
    }
  }
}
