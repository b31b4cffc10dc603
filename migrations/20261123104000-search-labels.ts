import { Migration } from "@mikro-orm/migrations";

/** What people call what a search counts, for an engine that knows handles alone. */
export class SearchLabels extends Migration {
  override up(): void {
    this.addSql(`
      create policy reader_reads on tags for select to rustok_reader using (true);
      grant select (tenant_id, scope, handle, name) on tags to rustok_reader;
      create policy reader_reads on authors for select to rustok_reader using (true);
      grant select (tenant_id, handle, name) on authors to rustok_reader;

      create function search_labels(
        of_tenant uuid, of_scope text, in_locale text,
        category_handles text[], tag_handles text[], author_handles text[])
      returns table (facet text, value text, label text)
      language sql stable security definer set search_path = public
      begin atomic
        select 'categories', c.handle, c.name
        from index_categories c
        where c.tenant_id = of_tenant and c.scope = of_scope and c.locale = in_locale
          and c.handle = any (category_handles) and c.visible
          and c.generation = (select live_generation(of_tenant, 'category'))
        union all
        select 'tags', t.handle, t.name
        from tags t
        where t.tenant_id = of_tenant and t.scope = of_scope and t.handle = any (tag_handles)
        union all
        select 'authors', a.handle, a.name
        from authors a
        where a.tenant_id = of_tenant and a.handle = any (author_handles);
      end;
      comment on function search_labels(uuid, text, text, text[], text[], text[]) is
        'The names of what documents are filed under, by handle; those of categories in a locale, as they are live.';
      alter function search_labels(uuid, text, text, text[], text[], text[]) owner to rustok_reader;
      revoke all on function search_labels(uuid, text, text, text[], text[], text[]) from public;
      grant execute on function search_labels(uuid, text, text, text[], text[], text[]) to rustok_app;`);
  }
}
