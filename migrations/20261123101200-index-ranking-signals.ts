import { Migration } from "@mikro-orm/migrations";

/** What search ranks by, beside the words, in the rows it reads. */
export class IndexRankingSignals extends Migration {
  override up(): void {
    this.addSql(`
      alter table index_products
        add column boost integer not null default 0,
        add column popularity integer not null default 0;
      comment on column index_products.popularity is
        'floor(log2(1 + units sold)): so coarse that a sale seldom changes it.';

      drop function project_products(uuid[]);
      create function project_products(product_ids uuid[])
      returns table (
        tenant_id uuid, product_id uuid, locale text, revision bigint, shared_revision bigint,
        doc jsonb, shown_locale text, handle text, title text, vendor text, product_type text,
        category_handles text[], tag_handles text[], option_values text[], shows uuid[],
        in_stock boolean, prices jsonb, published_at timestamptz, created_at timestamptz, search tsvector,
        boost integer, popularity integer)
      language plpgsql stable
      set plan_cache_mode = force_generic_plan set join_collapse_limit = 1
      set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
      as $$
      #variable_conflict use_column
      begin
        return query
        select known.tenant_id, known.id, wanted.locale, known.revision, tenant.shared_revision, document.*,
          coalesce(product.boost, 0), coalesce(floor_log2(1 + sold.units), 0)
        from (
          select tenant_id, id, revision from products where id = any (product_ids)
          union all
          select tenant_id, aggregate_id, revision from tombstones
          where kind = 'product' and aggregate_id = any (product_ids)
        ) known
        join tenants tenant on tenant.id = known.tenant_id

        -- What is the same in every locale.
        left join products product on product.id = known.id and product.status = 'published'
        cross join shown_options(product.id) options
        cross join shown_price_ranges(product.id) price_ranges
        cross join shown_variants(product.id) variants
        cross join lateral (
          select
            array_agg(option ->> 'name' || '=' || value) as list,
            string_agg(value, ' ') as words
          from json_array_elements(options.list) as o (option)
          cross join json_array_elements_text(option -> 'values') as v (value)
        ) option_values
        cross join lateral (
          select json_agg(json_build_object('url', url, 'alt', alt) order by position, id) as list
          from product_images
          where product_id = product.id
        ) images
        cross join lateral (
          select array_agg(category_id order by category_id) as ids
          from product_categories
          where product_id = product.id
        ) assigned
        cross join lateral (
          select array_agg(tag_id order by tag_id) as ids
          from product_tags
          where product_id = product.id
        ) carried
        cross join shown_tags(carried.ids) tags
        left join product_sales sold on sold.product_id = product.id

        cross join unnest(tenant.locales) as wanted (locale)
        left join lateral (
          select
            json_build_object(
              'id', product.id,
              'revision', product.revision,
              'locale', texts.locale,
              'handle', product.handle,
              'title', texts.title,
              'description', texts.description,
              'vendor', product.vendor,
              'productType', product.product_type,
              'publishedAt', iso8601(product.published_at),
              'createdAt', iso8601(product.created_at),
              'updatedAt', iso8601(product.updated_at),
              'seo', json_build_object('title', texts.seo_title, 'description', texts.seo_description),
              'options', coalesce(options.list, '[]'),
              'variants', coalesce(titled.variants, '[]'),
              'priceRanges', coalesce(price_ranges.list, '[]'),
              'images', coalesce(images.list, '[]'),
              'categories', coalesce(categories.list, '[]'),
              'tags', coalesce(tags.list, '[]'))::jsonb,
            texts.locale, product.handle, texts.title, product.vendor, product.product_type,
            coalesce(categories.handles, '{}'),
            coalesce(tags.handles, '{}'),
            coalesce(option_values.list, '{}'),
            coalesce(categories.ids, '{}') || coalesce(tags.ids, '{}'),
            coalesce(variants.in_stock, false),
            coalesce(price_ranges.by_currency, '{}'),
            product.published_at, product.created_at,
            search_vector(
              wanted.locale,
              texts.title,
              concat_ws(' ', product.vendor, product.product_type, variants.words, option_values.words,
                categories.words, tags.words),
              null,
              texts.description)
          from (
            select * from product_translations t
            where t.product_id = product.id
            order by locale_rank(t.locale, wanted.locale, tenant.default_locale), t.locale
            limit 1
          ) texts
          cross join lateral (
            select jsonb_agg(facts || jsonb_build_object('title', translation.title) order by place) as variants
            from unnest(variants.ids, variants.list) with ordinality as v (id, facts, place)
            left join lateral (
              select t.title from variant_translations t
              where t.variant_id = v.id
              order by locale_rank(t.locale, wanted.locale, tenant.default_locale), t.locale
              limit 1
            ) translation on true
          ) titled
          cross join shown_categories(assigned.ids, wanted.locale, tenant.default_locale) categories
        ) document on true
        order by known.id, wanted.locale;
      end $$;
      comment on function project_products(uuid[]) is
        'The rows index_products should hold for these products, drafts and deleted ones included.';`);
  }
}
