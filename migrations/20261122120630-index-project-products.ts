import { Migration } from "@mikro-orm/migrations";

/** What a product's rows in the read model should be. */
export class IndexProjectProducts extends Migration {
  override up(): void {
    this.addSql(`
      create function project_products(product_ids uuid[])
      returns table (
        tenant_id uuid, product_id uuid, locale text, revision bigint, shared_revision bigint,
        doc jsonb, shown_locale text, handle text, title text, vendor text, product_type text,
        category_handles text[], tag_handles text[], option_values text[], shows uuid[],
        in_stock boolean, prices jsonb, published_at timestamptz, created_at timestamptz, search tsvector)
      language plpgsql stable
      set plan_cache_mode = force_generic_plan set enable_seqscan = off
      as $$
      #variable_conflict use_column
      begin
        return query
        with known as (
          select tenant_id, entity.id, revision, shared_revision, wanted.locale
          from (
            select tenant_id, id, revision from products where id = any (product_ids)
            union all
            select tenant_id, aggregate_id, revision from tombstones
            where kind = 'product' and aggregate_id = any (product_ids)
          ) entity
          join tenants tenant on tenant.id = tenant_id
          cross join unnest(tenant.locales) as wanted (locale)
        ),

        published as materialized (
          select product.*, tenant.locales, tenant.default_locale
          from products product join tenants tenant on tenant.id = product.tenant_id
          where product.id = any (product_ids) and product.status = 'published'
        ),

        texts as (
          select distinct on (t.product_id, wanted.locale) wanted.locale as wanted, t.*
          from published
          cross join unnest(locales) as wanted (locale)
          join product_translations t on t.product_id = published.id
          order by t.product_id, wanted.locale, locale_rank(t.locale, wanted.locale, default_locale), t.locale
        ),

        -- A variant but for its title: the same in every locale.
        variant as materialized (
          select v.*, locales, default_locale, stock.quantity,
            ( select json_agg(json_build_object('name', o.name, 'value', chosen.value) order by o.position, o.name)
              from variant_options chosen join product_options o on o.id = chosen.option_id
              where chosen.variant_id = v.id ) as options,
            ( select json_agg(json_build_object(
                'currency', currency, 'amount', amount, 'compareAtAmount', compare_at_amount) order by currency)
              from prices where variant_id = v.id ) as prices
          from published
          join product_variants v on v.product_id = published.id
          cross join lateral (
            select greatest(coalesce(sum(quantity), 0), 0) as quantity
            from inventory_levels where variant_id = v.id
          ) stock
        ),
        variants as (
          select product_id, wanted.locale,
            json_agg(json_build_object(
              'id', v.id,
              'sku', sku,
              'barcode', barcode,
              'title', title,
              'weightGrams', weight_grams,
              'options', coalesce(options, '[]'),
              'prices', coalesce(prices, '[]'),
              'quantity', quantity,
              'inStock', quantity > 0) order by position, v.id) as list,
            bool_or(quantity > 0) as in_stock,
            string_agg(sku, ' ' order by position, v.id) as words
          from variant v
          cross join unnest(locales) as wanted (locale)
          left join lateral (
            select t.title from variant_translations t
            where t.variant_id = v.id
            order by locale_rank(t.locale, wanted.locale, default_locale), t.locale
            limit 1
          ) translation on true
          group by product_id, wanted.locale
        ),

        price_range as (
          select product_id, currency, min(amount) as lowest, max(amount) as highest
          from variant v join prices on variant_id = v.id
          group by product_id, currency
        ),
        price_ranges as (
          select product_id,
            json_agg(json_build_object('currency', currency, 'min', lowest, 'max', highest) order by currency) as list,
            json_object_agg(currency, json_build_object('min', lowest, 'max', highest))::jsonb as by_currency
          from price_range
          group by product_id
        ),

        -- The values of an option in the order in which the variants have them.
        option_value as materialized (
          select o.product_id, o.name, o.position, chosen.value, min(v.position) as first_seen
          from variant v
          join variant_options chosen on chosen.variant_id = v.id
          join product_options o on o.id = chosen.option_id
          group by o.product_id, o.name, o.position, chosen.value
        ),
        options as (
          select product_id,
            json_agg(json_build_object('name', name, 'values', values) order by position, name) as list
          from (
            select product_id, name, position, json_agg(value order by first_seen, value) as values
            from option_value
            group by product_id, name, position
          ) option
          group by product_id
        ),
        option_values as (
          select product_id,
            array_agg(name || '=' || value order by position, name, first_seen, value) as list,
            string_agg(value, ' ' order by position, name, first_seen, value) as words
          from option_value
          group by product_id
        ),

        images as (
          select product_id, json_agg(json_build_object('url', url, 'alt', alt) order by image.position, image.id) as list
          from published join product_images image on image.product_id = published.id
          group by product_id
        ),

        tags as (
          select product_id,
            json_agg(json_build_object('handle', tag.handle, 'name', tag.name) order by tag.handle) as list,
            array_agg(tag.handle order by tag.handle) as handles,
            array_agg(tag.id order by tag.handle) as ids,
            string_agg(tag.name, ' ' order by tag.handle) as words
          from published
          join product_tags carried on carried.product_id = published.id
          join tags tag on tag.id = carried.tag_id
          group by product_id
        ),

        assigned as materialized (
          select product_id, category_id
          from published join product_categories a on a.product_id = published.id
        ),
        path as materialized (
          select * from category_paths(array(select distinct category_id from assigned))
        ),
        categories as (
          select product_id, locale,
            json_agg(json_build_object(
              'handle', handles[cardinality(handles)],
              'name', names[cardinality(names)],
              'breadcrumb', breadcrumb) order by handles) as list
          from assigned join path using (category_id)
          group by product_id, locale
        ),
        -- With all their ancestors, each once.
        lineage as (
          select product_id, locale,
            array_agg(handle order by handle) as handles,
            array_agg(id order by handle) as ids,
            string_agg(name, ' ' order by handle) as words
          from (
            select distinct product_id, locale, handle, id, name
            from assigned join path using (category_id)
            cross join unnest(handles, ids, names) as step (handle, id, name)
          ) step
          group by product_id, locale
        ),

        document as (
          select product.id, texts.wanted, texts.locale as shown_locale, product.handle, texts.title,
            product.vendor, product.product_type, product.published_at, product.created_at,
            coalesce(lineage.handles, '{}') as category_handles,
            coalesce(tags.handles, '{}') as tag_handles,
            coalesce(option_values.list, '{}') as option_values,
            coalesce(lineage.ids, '{}') || coalesce(tags.ids, '{}') as shows,
            coalesce(variants.in_stock, false) as in_stock,
            coalesce(price_ranges.by_currency, '{}') as prices,
            search_vector(
              texts.wanted,
              texts.title,
              concat_ws(' ', product.vendor, product.product_type, variants.words,
                option_values.words, lineage.words, tags.words),
              null,
              texts.description) as search,
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
              'variants', coalesce(variants.list, '[]'),
              'priceRanges', coalesce(price_ranges.list, '[]'),
              'images', coalesce(images.list, '[]'),
              'categories', coalesce(categories.list, '[]'),
              'tags', coalesce(tags.list, '[]'))::jsonb as doc
          from published product
          join texts on texts.product_id = product.id
          left join variants on variants.product_id = product.id and variants.locale = texts.wanted
          left join price_ranges on price_ranges.product_id = product.id
          left join options on options.product_id = product.id
          left join option_values on option_values.product_id = product.id
          left join images on images.product_id = product.id
          left join tags on tags.product_id = product.id
          left join categories on categories.product_id = product.id and categories.locale = texts.wanted
          left join lineage on lineage.product_id = product.id and lineage.locale = texts.wanted
        )
        select tenant_id, known.id, known.locale, revision, shared_revision,
          doc, shown_locale, handle, title, vendor, product_type,
          category_handles, tag_handles, option_values, shows, in_stock, prices, published_at, created_at, search
        from known
        left join document on document.id = known.id and document.wanted = known.locale
        order by known.id, known.locale;
      end $$;
      comment on function project_products(uuid[]) is
        'The rows index_products should hold for these products, drafts and deleted ones included.';`);
  }
}
