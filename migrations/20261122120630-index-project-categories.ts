import { Migration } from "@mikro-orm/migrations";

/**
 * What a category's rows in the read model should be.
 *
 * The `project_…` functions are the one definition of what a document is: refresh, rebuild and verify
 * all call them. They are stable, so all they read is of one snapshot, the revisions included.
 *
 * Each is planned once a connection, perhaps while the tables are still empty. So it is written as
 * look-ups from one row to the next, and the planner is left no other choice: with the choice, a plan
 * made for empty tables took 20 s for 500 products, where this takes less than half a second.
 */
export class IndexProjectCategories extends Migration {
  override up(): void {
    this.addSql(`
      create function project_categories(category_ids uuid[])
      returns table (
        tenant_id uuid, category_id uuid, locale text, revision bigint, shared_revision bigint,
        doc jsonb, shown_locale text, scope text, handle text, name text, parent_id uuid, "position" integer, shows uuid[])
      language plpgsql stable
      set plan_cache_mode = force_generic_plan set join_collapse_limit = 1
      set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
      as $$
      #variable_conflict use_column
      begin
        return query
        select known.tenant_id, known.id, wanted.locale, known.revision, tenant.shared_revision, document.*
        from (
          select tenant_id, id, revision from categories where id = any (category_ids)
          union all
          select tenant_id, aggregate_id, revision from tombstones
          where kind = 'category' and aggregate_id = any (category_ids)
        ) known
        join tenants tenant on tenant.id = known.tenant_id
        cross join unnest(tenant.locales) as wanted (locale)
        left join lateral (
          select
            json_build_object(
              'id', category.id,
              'revision', category.revision,
              'locale', texts.locale,
              'scope', category.scope,
              'handle', category.handle,
              'name', texts.name,
              'description', texts.description,
              'parentId', category.parent_id,
              'position', category.position,
              'breadcrumb', path.list -> 0 -> 'breadcrumb')::jsonb,
            texts.locale, category.scope, category.handle, texts.name, category.parent_id, category.position,
            array_remove(path.ids, category.id)
          from categories category
          cross join lateral (
            select * from category_translations t
            where t.category_id = category.id
            order by locale_rank(t.locale, wanted.locale, tenant.default_locale), t.locale
            limit 1
          ) texts
          cross join shown_categories(array[category.id], wanted.locale, tenant.default_locale) path
          where category.id = known.id
        ) document on true
        order by known.id, wanted.locale;
      end $$;
      comment on function project_categories(uuid[]) is
        'The rows index_categories should hold for these categories, deleted ones included.';`);
  }
}
