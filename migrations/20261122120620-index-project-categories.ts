import { Migration } from "@mikro-orm/migrations";

/**
 * What a category's rows in the read model should be.
 *
 * The `project_…` functions are the one definition of what a document is: refresh, rebuild and verify
 * all call them. They are stable, so all they read is of one snapshot, the revisions included.
 *
 * Their plans are made once a connection and without regard to the ids, perhaps while tables are still
 * empty. Hence `enable_seqscan = off`: look-ups by index are right for one id and good for 500.
 */
export class IndexProjectCategories extends Migration {
  override up(): void {
    this.addSql(`
      create function locale_rank(offered text, wanted text, fallback text) returns integer
      language sql immutable parallel safe
      return case offered when wanted then 0 when fallback then 1 else 2 end;
      comment on function locale_rank(text, text, text) is
        'Orders translations: the locale wanted, else the tenant''s default, else any.';

      create function iso8601(moment timestamptz) returns text
      language sql immutable strict parallel safe
      return to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
      comment on function iso8601(timestamptz) is
        'As JSON documents spell a time, whatever the time zone of the session.';`);

    this.addSql(`
      create function category_paths(category_ids uuid[])
      returns table (category_id uuid, locale text, breadcrumb json, handles text[], ids uuid[], names text[])
      language plpgsql stable
      set plan_cache_mode = force_generic_plan set enable_seqscan = off
      as $$
      #variable_conflict use_column
      begin
        return query
        with recursive climb as (
          select c.id as leaf, c.id, c.tenant_id, c.parent_id, c.handle, 0 as height
          from categories c
          where c.id = any (category_ids)
          union all
          select climb.leaf, c.id, c.tenant_id, c.parent_id, c.handle, climb.height + 1
          from climb join categories c on c.id = climb.parent_id
        ),
        step as (
          select climb.*, wanted.locale, coalesce(translation.name, climb.handle) as name
          from climb
          join tenants tenant on tenant.id = climb.tenant_id
          cross join unnest(tenant.locales) as wanted (locale)
          left join lateral (
            select t.name from category_translations t
            where t.category_id = climb.id
            order by locale_rank(t.locale, wanted.locale, tenant.default_locale), t.locale
            limit 1
          ) translation on true
        )
        select leaf, locale,
          json_agg(json_build_object('handle', handle, 'name', name) order by height desc),
          array_agg(handle order by height desc),
          array_agg(id order by height desc),
          array_agg(name order by height desc)
        from step
        group by leaf, locale;
      end $$;
      comment on function category_paths(uuid[]) is
        'The way from the root down to each category, itself included, in each locale of its tenant.';`);

    this.addSql(`
      create function project_categories(category_ids uuid[])
      returns table (
        tenant_id uuid, category_id uuid, locale text, revision bigint, shared_revision bigint,
        doc jsonb, shown_locale text, scope text, handle text, name text, parent_id uuid, "position" integer, shows uuid[])
      language plpgsql stable
      set plan_cache_mode = force_generic_plan set enable_seqscan = off
      as $$
      #variable_conflict use_column
      begin
        return query
        with known as (
          select tenant_id, entity.id, revision, shared_revision, wanted.locale
          from (
            select tenant_id, id, revision from categories where id = any (category_ids)
            union all
            select tenant_id, aggregate_id, revision from tombstones
            where kind = 'category' and aggregate_id = any (category_ids)
          ) entity
          join tenants tenant on tenant.id = tenant_id
          cross join unnest(tenant.locales) as wanted (locale)
        ),
        document as (
          select c.id, path.locale, translation.locale as shown_locale, c.scope, c.handle, translation.name,
            c.parent_id, c.position, array_remove(path.ids, c.id) as shows,
            json_build_object(
              'id', c.id,
              'revision', c.revision,
              'locale', translation.locale,
              'scope', c.scope,
              'handle', c.handle,
              'name', translation.name,
              'description', translation.description,
              'parentId', c.parent_id,
              'position', c.position,
              'breadcrumb', path.breadcrumb)::jsonb as doc
          from category_paths(category_ids) path
          join categories c on c.id = path.category_id
          join tenants tenant on tenant.id = c.tenant_id
          cross join lateral (
            select * from category_translations t
            where t.category_id = c.id
            order by locale_rank(t.locale, path.locale, tenant.default_locale), t.locale
            limit 1
          ) translation
        )
        select tenant_id, known.id, known.locale, revision, shared_revision,
          doc, shown_locale, scope, handle, name, parent_id, position, shows
        from known
        left join document on document.id = known.id and document.locale = known.locale
        order by known.id, known.locale;
      end $$;
      comment on function project_categories(uuid[]) is
        'The rows index_categories should hold for these categories, deleted ones included.';`);
  }
}
