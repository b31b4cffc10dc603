import { Migration } from "@mikro-orm/migrations";

/**
 * Comments are not among what storefronts list and search: whether one is to be seen depends on all above
 * it, which index_comments knows. Their rows here stay as those of drafts are, and what engines hold of
 * them goes.
 */
export class IndexContentWithoutComments extends Migration {
  override up(): void {
    this.addSql(`
      create or replace function project_content(node_ids uuid[])
      returns table (
        tenant_id uuid, node_id uuid, locale text, revision bigint, shared_revision bigint,
        doc jsonb, shown_locale text, kind text, slug text, title text, author_handle text,
        category_handles text[], tag_handles text[], shows uuid[], parent_id uuid, "position" integer,
        published_at timestamptz, created_at timestamptz, search tsvector)
      language plpgsql stable
      set plan_cache_mode = force_generic_plan set join_collapse_limit = 1
      set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
      as $$
      #variable_conflict use_column
      begin
        return query
        select known.tenant_id, known.id, wanted.locale, known.revision, tenant.shared_revision, document.*
        from (
          select tenant_id, id, revision from nodes where id = any (node_ids)
          union all
          select tenant_id, aggregate_id, revision from tombstones
          where kind = 'node' and aggregate_id = any (node_ids)
        ) known
        join tenants tenant on tenant.id = known.tenant_id

        -- What is the same in every locale.
        left join nodes node
          on node.id = known.id and node.status = 'published' and node.kind <> 'comment'
        left join authors author on author.id = node.author_id
        cross join lateral (
          select json_agg(json_build_object('locale', locale, 'slug', slug) order by locale) as list
          from node_translations
          where node_id = node.id and locale = any (tenant.locales)
        ) alternates
        cross join lateral (
          select array_agg(category_id order by category_id) as ids
          from node_categories
          where node_id = node.id
        ) assigned
        cross join lateral (
          select array_agg(tag_id order by tag_id) as ids
          from node_tags
          where node_id = node.id
        ) carried
        cross join shown_tags(carried.ids) tags

        cross join unnest(tenant.locales) as wanted (locale)
        left join lateral (
          select
            json_build_object(
              'id', node.id,
              'revision', node.revision,
              'locale', texts.locale,
              'kind', node.kind,
              'slug', texts.slug,
              'alternates', coalesce(alternates.list, '[]'),
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
              'tags', coalesce(tags.list, '[]'))::jsonb,
            texts.locale, node.kind, texts.slug, texts.title, author.handle,
            coalesce(categories.handles, '{}'),
            coalesce(tags.handles, '{}'),
            array_remove(coalesce(categories.ids, '{}') || coalesce(tags.ids, '{}') || author.id, null),
            node.parent_id, node.position, node.published_at, node.created_at,
            search_vector(
              wanted.locale,
              texts.title,
              concat_ws(' ', author.name, categories.words, tags.words),
              texts.excerpt,
              body.html)
          from (
            select * from node_translations t
            where t.node_id = node.id
            order by locale_rank(t.locale, wanted.locale, tenant.default_locale), t.locale
            limit 1
          ) texts
          left join bodies body on body.node_id = texts.node_id and body.locale = texts.locale
          cross join shown_categories(assigned.ids, wanted.locale, tenant.default_locale) categories
        ) document on true
        order by known.id, wanted.locale;
      end $$;
      comment on function project_content(uuid[]) is
        'The rows index_content should hold for these nodes, drafts and deleted ones included.';`);

    // Nothing but these tables' owner sees the rows of all tenants, and only while no policy binds it.
    this.addSql(`
      alter table index_content no force row level security;
      alter table search_documents no force row level security;
      with written as (
        update index_content
        set doc = null, shown_locale = null, kind = null, slug = null, title = null, author_handle = null,
          category_handles = null, tag_handles = null, shows = null, parent_id = null, "position" = null,
          published_at = null, created_at = null, search = null, indexed_at = now()
        where kind = 'comment'
        returning tenant_id, generation, node_id, locale
      )
      update search_documents d
      set version = nextval('search_versions'),
          since = case when d.done_version = d.version then now() else d.since end
      from written
      where d.kind = 'node' and d.tenant_id = written.tenant_id and d.generation = written.generation
        and d.entity_id = written.node_id and d.locale = written.locale;
      alter table index_content force row level security;
      alter table search_documents force row level security;`);
  }
}
