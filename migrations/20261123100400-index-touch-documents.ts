import { Migration } from "@mikro-orm/migrations";

/** Who finds a document in a search engine need not know whose it is to have it sent again. */
export class IndexTouchDocuments extends Migration {
  override up(): void {
    this.addSql(`
      create function touch_search_documents(of_kind text, of_generation integer, ids uuid[], in_locale text)
      returns table (tenant_id uuid, entity_id uuid, own boolean)
      language sql volatile security definer set search_path = public
      begin atomic
        update search_documents d
        set version = nextval('search_versions'),
            since = case when d.done_version = d.version then now() else d.since end
        from index_generations g
        where d.kind = of_kind and d.generation = of_generation and d.entity_id = any (ids) and d.locale = in_locale
          and g.tenant_id = d.tenant_id and g.kind = d.kind and g.generation = d.generation
        returning d.tenant_id, d.entity_id, g.own_index;
      end;
      comment on function touch_search_documents(text, integer, uuid[], text) is
        'Has documents of these entities sent to the search engine again as they are; answers whose they are, and whether those have indexes of their own.';
      create index search_documents_by_entity on search_documents (entity_id);
      alter function touch_search_documents(text, integer, uuid[], text) owner to rustok_search;
      revoke all on function touch_search_documents(text, integer, uuid[], text) from public;
      grant execute on function touch_search_documents(text, integer, uuid[], text) to rustok_app;`);

    this.addSql(`
      create table index_patrol (
        tenant_id uuid not null references tenants on delete cascade,
        kind      text not null check (kind in ('product', 'node', 'category')),
        after     uuid,
        looked_at timestamptz not null default '-infinity',
        rounds    integer not null default 0,
        found     bigint not null default 0,
        primary key (tenant_id, kind)
      );
      comment on table index_patrol is
        'Where the job that looks for drift has come to, how often it has been all round, and how many differences it has found and repaired.';
      select protect_tenant_rows('index_patrol');
      create policy reader_reads on index_patrol for select to rustok_reader using (true);
      grant select on index_patrol to rustok_reader;

      create function next_patrol() returns table (tenant_id uuid, kind text)
      language sql stable security definer set search_path = public
      begin atomic
        select g.tenant_id, g.kind
        from index_generations g left join index_patrol p using (tenant_id, kind)
        where g.state = 'live'
        order by coalesce(p.looked_at, '-infinity'), g.tenant_id, g.kind
        limit 1;
      end;
      comment on function next_patrol() is 'Whose read model has not been looked at for longest.';
      alter function next_patrol() owner to rustok_reader;
      revoke all on function next_patrol() from public;
      grant execute on function next_patrol() to rustok_app;`);
  }
}
