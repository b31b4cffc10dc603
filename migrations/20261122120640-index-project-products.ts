import { Migration } from "@mikro-orm/migrations";

/** What a product's rows in the read model should be. */
export class IndexProjectProducts extends Migration {
  override up(): void {
    this.addSql(`
      create function shown_options(product uuid) returns table (list json)
      language sql stable
      begin atomic
        select json_agg(json_build_object('name', name, 'values', chosen.values) order by position, name)
        from product_options o
        cross join lateral (
          select coalesce(json_agg(value order by first_seen, value), '[]') as values
          from (
            select chosen.value, min(v.position) as first_seen
            from variant_options chosen join product_variants v on v.id = chosen.variant_id
            where chosen.option_id = o.id
            group by chosen.value
          ) offered
        ) chosen
        where o.product_id = product;
      end;
      comment on function shown_options(uuid) is 'With their values, in the order in which the variants have them.';

      create function shown_price_ranges(product uuid) returns table (list json, by_currency jsonb)
      language sql stable
      begin atomic
        select
          json_agg(json_build_object('currency', currency, 'min', lowest, 'max', highest) order by currency),
          jsonb_object_agg(currency, jsonb_build_object('min', lowest, 'max', highest))
        from (
          select currency, min(amount) as lowest, max(amount) as highest
          from product_variants v join prices on variant_id = v.id
          where v.product_id = product
          group by currency
        ) price_range;
      end;
      comment on function shown_price_ranges(uuid) is 'The cheapest and the dearest variant in each currency.';

      create function shown_variants(product uuid)
      returns table (ids uuid[], list jsonb[], in_stock boolean, words text)
      language sql stable
      begin atomic
        select
          array_agg(v.id order by position, v.id),
          array_agg(jsonb_build_object(
            'id', v.id,
            'sku', sku,
            'barcode', barcode,
            'weightGrams', weight_grams,
            'options', coalesce(options, '[]'),
            'prices', coalesce(prices, '[]'),
            'quantity', quantity,
            'inStock', quantity > 0) order by position, v.id),
          bool_or(quantity > 0),
          string_agg(sku, ' ' order by position, v.id)
        from product_variants v
        cross join lateral (
          select greatest(coalesce(sum(quantity), 0), 0) as quantity
          from inventory_levels
          where variant_id = v.id
        ) stock
        cross join lateral (
          select json_agg(json_build_object('name', o.name, 'value', chosen.value) order by o.position, o.name) as options
          from variant_options chosen left join product_options o on o.id = chosen.option_id
          where chosen.variant_id = v.id
        ) options
        cross join lateral (
          select json_agg(json_build_object(
            'currency', currency, 'amount', amount, 'compareAtAmount', compare_at_amount) order by currency) as prices
          from prices
          where variant_id = v.id
        ) prices
        where v.product_id = product;
      end;
      comment on function shown_variants(uuid) is 'But for their titles, which differ by locale.';`);

    this.addSql(`
      create function project_products(product_ids uuid[])
      returns table (
        tenant_id uuid, product_id uuid, locale text, revision bigint, shared_revision bigint,
        doc jsonb, shown_locale text, handle text, title text, vendor text, product_type text,
        category_handles text[], tag_handles text[], option_values text[], shows uuid[],
        in_stock boolean, prices jsonb, published_at timestamptz, created_at timestamptz, search tsvector)
      language plpgsql stable
      set plan_cache_mode = force_generic_plan set join_collapse_limit = 1
      set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
      as $$
      #variable_conflict use_column
      begin
        return query
        select known.tenant_id, known.id, wanted.locale, known.revision, tenant.shared_revision, document.*
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
