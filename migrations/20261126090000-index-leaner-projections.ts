import { Migration } from "@mikro-orm/migrations";

/**
 * The same documents for a fifth less of the processor's time: what no locale changes is made once for
 * all of them, the titles of a variant are read once, and small functions that are called for each row
 * can be made a part of the query, or keep their plans.
 */
export class IndexLeanerProjections extends Migration {
  override up(): void {
    // Stable as what it calls is: only so is it taken into the query.
    this.addSql(`
      create or replace function iso8601(moment timestamptz) returns text
      language sql stable strict parallel safe
      return to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');`);

    this.addSql(String.raw`
      create or replace function search_text(given text) returns text
      language plpgsql immutable strict parallel safe
      as $$
      declare
        bare constant text := regexp_replace(
          regexp_replace("left"(given, 60000), '<[^>]*>|&#?[a-z0-9]+;|[-_/.:@&=#+*|\\~^]', ' ', 'g'),
          '[''’]', '', 'g');
      begin
        return case when bare ~ '[぀-ヿ㐀-鿿豈-﫿]' then cjk_bigrams(bare) else bare end;
      end $$;

      create or replace function joined_words(given text) returns text
      language plpgsql immutable strict parallel safe
      as $$
      begin
        return (
          select string_agg(replace(word[1], '-', ''), ' ')
          from regexp_matches(given, '[[:alnum:]]+(?:-[[:alnum:]]+)+', 'g') as word);
      end $$;

      create or replace function search_vector(locale text, a text, b text, c text, d text) returns tsvector
      language plpgsql immutable parallel safe
      as $$
      begin
        return setweight(to_tsvector('rustok_words', concat_ws(' ', search_text(a), joined_words(a))), 'A')
          || setweight(to_tsvector('rustok_words', concat_ws(' ', search_text(b), joined_words(b))), 'B')
          || setweight(to_tsvector('rustok_words', coalesce(search_text(c), '')), 'C')
          || setweight(to_tsvector('rustok_words', coalesce(search_text(d), '')), 'D');
      end $$;`);

    this.addSql(`
      drop function shown_variants(uuid);
      create function shown_variants(product uuid)
      returns table (list jsonb[], titles jsonb[], in_stock boolean, words text)
      language sql stable
      begin atomic
        select
          array_agg(jsonb_build_object(
            'id', v.id,
            'sku', sku,
            'barcode', barcode,
            'weightGrams', weight_grams,
            'options', coalesce(options, '[]'),
            'prices', coalesce(prices, '[]'),
            'quantity', quantity,
            'inStock', quantity > 0) order by position, v.id),
          array_agg(titles order by position, v.id),
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
        cross join lateral (
          select jsonb_object_agg(locale, title) as titles
          from variant_translations
          where variant_id = v.id
        ) titles
        where v.product_id = product;
      end;
      comment on function shown_variants(uuid) is 'But for their titles, which are given by locale.';`);

    this.addSql(`
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
        cross join lateral (
          select jsonb_build_object(
            'id', product.id,
            'revision', product.revision,
            'handle', product.handle,
            'vendor', product.vendor,
            'productType', product.product_type,
            'publishedAt', iso8601(product.published_at),
            'createdAt', iso8601(product.created_at),
            'updatedAt', iso8601(product.updated_at),
            'options', coalesce(options.list, '[]'),
            'priceRanges', coalesce(price_ranges.list, '[]'),
            'images', coalesce(images.list, '[]'),
            'tags', coalesce(tags.list, '[]')) as doc
          -- Keeps it from being made again for each locale.
          offset 0
        ) common

        cross join unnest(tenant.locales) as wanted (locale)
        cross join shown_categories(assigned.ids, wanted.locale, tenant.default_locale) categories
        left join lateral (
          select
            common.doc || jsonb_build_object(
              'locale', texts.locale,
              'title', texts.title,
              'description', texts.description,
              'seo', jsonb_build_object('title', texts.seo_title, 'description', texts.seo_description),
              'variants', coalesce(titled.variants, '[]'),
              'categories', coalesce(categories.list, '[]')),
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
            select jsonb_agg(facts || jsonb_build_object('title', coalesce(
                titles -> wanted.locale,
                titles -> tenant.default_locale,
                titles -> (select min(locale) from jsonb_object_keys(titles) as locale))) order by place) as variants
            from unnest(variants.list, variants.titles) with ordinality as v (facts, titles, place)
          ) titled
        ) document on true
        order by known.id, wanted.locale;
      end $$;
      comment on function project_products(uuid[]) is
        'The rows index_products should hold for these products, drafts and deleted ones included.';`);
  }
}
