import { Migration } from "@mikro-orm/migrations";

/** What a node's rows in the read model should be. */
export class IndexProjectContent extends Migration {
  override up(): void {
    this.addSql(`
      create function project_content(node_ids uuid[])
      returns table (
        tenant_id uuid, node_id uuid, locale text, revision bigint, shared_revision bigint,
        doc jsonb, shown_locale text, kind text, slug text, title text, author_handle text,
        category_handles text[], tag_handles text[], shows uuid[], parent_id uuid, "position" integer,
        published_at timestamptz, created_at timestamptz, search tsvector)
      language plpgsql stable
      set plan_cache_mode = force_generic_plan set enable_seqscan = off
      as $$
      #variable_conflict use_column
      begin
        return query
        with known as (
          select tenant_id, entity.id, revision, shared_revision, wanted.locale
          from (
            select tenant_id, id, revision from nodes where id = any (node_ids)
            union all
            select tenant_id, aggregate_id, revision from tombstones
            where kind = 'node' and aggregate_id = any (node_ids)
          ) entity
          join tenants tenant on tenant.id = tenant_id
          cross join unnest(tenant.locales) as wanted (locale)
        ),

        published as materialized (
          select node.*, tenant.locales, tenant.default_locale
          from nodes node join tenants tenant on tenant.id = node.tenant_id
          where node.id = any (node_ids) and node.status = 'published'
        ),

        texts as (
          select distinct on (t.node_id, wanted.locale) wanted.locale as wanted, t.*
          from published
          cross join unnest(locales) as wanted (locale)
          join node_translations t on t.node_id = published.id
          order by t.node_id, wanted.locale, locale_rank(t.locale, wanted.locale, default_locale), t.locale
        ),
        alternates as (
          select node_id, json_agg(json_build_object('locale', t.locale, 'slug', t.slug) order by t.locale) as list
          from published
          join node_translations t on t.node_id = published.id and t.locale = any (locales)
          group by node_id
        ),

        tags as (
          select node_id,
            json_agg(json_build_object('handle', tag.handle, 'name', tag.name) order by tag.handle) as list,
            array_agg(tag.handle order by tag.handle) as handles,
            array_agg(tag.id order by tag.handle) as ids,
            string_agg(tag.name, ' ' order by tag.handle) as words
          from published
          join node_tags carried on carried.node_id = published.id
          join tags tag on tag.id = carried.tag_id
          group by node_id
        ),

        assigned as materialized (
          select node_id, category_id
          from published join node_categories a on a.node_id = published.id
        ),
        path as materialized (
          select * from category_paths(array(select distinct category_id from assigned))
        ),
        categories as (
          select node_id, locale,
            json_agg(json_build_object(
              'handle', handles[cardinality(handles)],
              'name', names[cardinality(names)],
              'breadcrumb', breadcrumb) order by handles) as list
          from assigned join path using (category_id)
          group by node_id, locale
        ),
        -- With all their ancestors, each once.
        lineage as (
          select node_id, locale,
            array_agg(handle order by handle) as handles,
            array_agg(id order by handle) as ids,
            string_agg(name, ' ' order by handle) as words
          from (
            select distinct node_id, locale, handle, id, name
            from assigned join path using (category_id)
            cross join unnest(handles, ids, names) as step (handle, id, name)
          ) step
          group by node_id, locale
        ),

        document as (
          select node.id, texts.wanted, texts.locale as shown_locale, node.kind, texts.slug, texts.title,
            author.handle as author_handle, node.parent_id, node.position, node.published_at, node.created_at,
            coalesce(lineage.handles, '{}') as category_handles,
            coalesce(tags.handles, '{}') as tag_handles,
            array_remove(coalesce(lineage.ids, '{}') || coalesce(tags.ids, '{}') || author.id, null) as shows,
            search_vector(
              texts.wanted,
              texts.title,
              concat_ws(' ', author.name, lineage.words, tags.words),
              texts.excerpt,
              body.html) as search,
            json_build_object(
              'id', node.id,
              'revision', node.revision,
              'locale', texts.locale,
              'kind', node.kind,
              'slug', texts.slug,
              'alternates', alternates.list,
              'title', texts.title,
              'excerpt', texts.excerpt,
              'html', coalesce(body.html, ''),
              -- Of the parent no more than its id: its title is another node's, and this revision knows nothing of it.
              'parentId', node.parent_id,
              'position', node.position,
              'fields', node.fields,
              'publishedAt', iso8601(node.published_at),
              'createdAt', iso8601(node.created_at),
              'updatedAt', iso8601(node.updated_at),
              'seo', json_build_object('title', texts.seo_title, 'description', texts.seo_description),
              'author', case when author.id is not null then json_build_object(
                'handle', author.handle, 'name', author.name, 'bio', author.bio, 'avatarUrl', author.avatar_url) end,
              'categories', coalesce(categories.list, '[]'),
              'tags', coalesce(tags.list, '[]'))::jsonb as doc
          from published node
          join texts on texts.node_id = node.id
          left join bodies body on body.node_id = node.id and body.locale = texts.locale
          left join authors author on author.id = node.author_id
          left join alternates on alternates.node_id = node.id
          left join tags on tags.node_id = node.id
          left join categories on categories.node_id = node.id and categories.locale = texts.wanted
          left join lineage on lineage.node_id = node.id and lineage.locale = texts.wanted
        )

        select tenant_id, known.id, known.locale, revision, shared_revision,
          doc, shown_locale, kind, slug, title, author_handle,
          category_handles, tag_handles, shows, parent_id, position, published_at, created_at, search
        from known
        left join document on document.id = known.id and document.wanted = known.locale
        order by known.id, known.locale;
      end $$;
      comment on function project_content(uuid[]) is
        'The rows index_content should hold for these nodes, drafts and deleted ones included.';`);
  }
}
