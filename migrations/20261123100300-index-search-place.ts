import { Migration } from "@mikro-orm/migrations";

/** Where a search is to be made: asked by every search, for a tenant, before it has a transaction. */
export class IndexSearchPlace extends Migration {
  override up(): void {
    this.addSql(`
      create policy reader_reads on search_documents for select to rustok_reader using (true);
      grant select on search_documents, search_indexes to rustok_reader;

      create function search_place(of_tenant uuid, of_kind text, in_locale text, behind interval)
      returns table (generation integer, own boolean, ready boolean)
      language sql stable security definer set search_path = public
      begin atomic
        select g.generation, g.own_index, coalesce(i.ready, false) and not exists (
          select from search_documents d
          where d.tenant_id = g.tenant_id and d.kind = g.kind and d.generation = g.generation and d.locale = in_locale
            and d.sent_task is null and d.done_version is distinct from d.version and d.since < now() - behind)
          and not exists (
          select from search_documents d
          where d.sent_task is not null and d.tenant_id = g.tenant_id and d.kind = g.kind
            and d.generation = g.generation and d.locale = in_locale and d.since < now() - behind)
        from index_generations g
        left join search_indexes i
          on i.kind = g.kind and i.locale = in_locale
         and i.tenant_id is not distinct from case when g.own_index then g.tenant_id end
        where g.tenant_id = of_tenant and g.kind = of_kind and g.state = 'live';
      end;
      comment on function search_place(uuid, text, text, interval) is
        'Which generation the search engine is asked for, whether in an index of the tenant''s own, and whether that index holds all it should: nothing that has waited for longer than is given is missing.';
      alter function search_place(uuid, text, text, interval) owner to rustok_reader;
      revoke all on function search_place(uuid, text, text, interval) from public;
      grant execute on function search_place(uuid, text, text, interval) to rustok_app;`);
  }
}
