import { Migration } from "@mikro-orm/migrations";

/** What a search of one kind of document has beyond what every search has; rows of its table are called `r`. */
interface Search {
  /** The function is search_<this>, what it is asked a <this>_search. */
  name: string;
  table: string;
  /** What generations call it. */
  kind: string;
  id: string;
  /** The scope of its categories. */
  scope: string;
  /** Further fields of what is asked, and the conditions they stand for. */
  fields: string;
  conditions: string;
  /** Further columns that hits keep, for facets. */
  columns: string;
  /** Further orders: a number for `case asked.sort`. */
  orders: string;
  /** Further facets. */
  facets: Facet[];
  /** Further entries of the answer. */
  figures: string;
  /** Further fields of a hit. */
  card: string;
}

interface Facet {
  name: string;
  /** The values a hit has. */
  values: string;
  /** What people call a value, read from the document of some hit that has it; if left out, by itself. */
  label?: string;
}

const price = "(r.prices #>> array[(asked).currency, 'min'])::bigint";

const products: Search = {
  name: "products",
  table: "index_products",
  kind: "product",
  id: "product_id",
  scope: "product",
  fields: `
        currency text, vendors text[], product_types text[], options text[],
        price_gte bigint, price_lte bigint, in_stock boolean`,
  conditions: `
          and ((asked).vendors is null or r.vendor = any ((asked).vendors))
          and ((asked).product_types is null or r.product_type = any ((asked).product_types))
          and ((asked).in_stock is null or r.in_stock = (asked).in_stock)
          and ((asked).price_gte is null or ${price} >= (asked).price_gte)
          and ((asked).price_lte is null or ${price} <= (asked).price_lte)
          and ((asked).options is null or not exists (
            select from generate_subscripts((asked).options, 1) i
            where not r.option_values && (asked).options[i:i]))`,
  columns: `r.vendor, r.product_type, r.option_values,
            case when asked.sort like 'price%' or 'prices' = any (asked.facets) then ${price} end as price`,
  // Above any price: what is not sold in the currency comes last either way.
  orders: `
              when 'price_asc' then coalesce(${price}, 9007199254740991)
              when 'price_desc' then coalesce(-${price}, 9007199254740991)`,
  facets: [
    { name: "vendors", values: "vendor" },
    { name: "productTypes", values: "product_type" },
    { name: "options", values: "unnest(option_values)" },
  ],
  figures: `
          'priceRange', (
            select json_build_object('currency', asked.currency, 'min', min(price), 'max', max(price))
            from hit where 'prices' = any (asked.facets) having min(price) is not null),`,
  card: `
              'handle', r.handle,
              'vendor', r.vendor,
              'productType', r.product_type,
              'image', r.doc -> 'images' -> 0,
              'priceRange', jsonb_build_object('currency', asked.currency) || (r.prices -> asked.currency),
              'inStock', r.in_stock,
              'body', case when asked.with_body then left(r.doc ->> 'description', 20000) end`,
};

const content: Search = {
  name: "content",
  table: "index_content",
  kind: "node",
  id: "node_id",
  scope: "content",
  fields: `
        kinds text[], authors text[], published_gte timestamptz, published_lte timestamptz`,
  conditions: `
          and ((asked).kinds is null or r.kind = any ((asked).kinds))
          and ((asked).authors is null or r.author_handle = any ((asked).authors))
          and ((asked).published_gte is null or r.published_at >= (asked).published_gte)
          and ((asked).published_lte is null or r.published_at <= (asked).published_lte)`,
  columns: "r.kind, r.author_handle",
  orders: "",
  facets: [
    { name: "kinds", values: "kind" },
    { name: "authors", values: "author_handle", label: "r.doc -> 'author' ->> 'name'" },
  ],
  figures: "",
  card: `
              'kind', r.kind,
              'slug', r.slug,
              'excerpt', r.doc ->> 'excerpt',
              'author', nullif(jsonb_build_object(
                'handle', r.doc -> 'author' -> 'handle', 'name', r.doc -> 'author' -> 'name'),
                '{"handle": null, "name": null}'),
              'body', case when asked.with_body then left(r.doc ->> 'html', 20000) end`,
};

/**
 * The searches, each one round trip: JSON says what is asked, JSON answers.
 *
 * Plans are made anew for each call (some 1 ms), so that what is not asked for, be it a filter, a
 * facet or the total, is not in the plan at all.
 */
export class SearchLiveGeneration extends Migration {
  override up(): void {
    for (const search of [products, content]) {
      this.addSql(requestOf(search));
      this.addSql(functionOf(search));
      this.addSql(`
        alter function search_${search.name}(uuid, jsonb) owner to rustok_reader;
        revoke all on function search_${search.name}(uuid, jsonb) from public;
        grant execute on function search_${search.name}(uuid, jsonb) to rustok_app;`);
    }
  }
}

function requestOf({ name, table, kind, fields, conditions }: Search): string {
  return `
      drop function search_${name}(uuid, jsonb);
      drop function matching_${name}(uuid, ${name}_search);
      drop type ${name}_search;
      create type ${name}_search as (
        query text, locale text,
        category_any text[], category_all text[], tag_any text[], tag_all text[],
        sort text, first integer, after_number double precision, after_words text, after_id uuid,
        facets text[], with_total boolean, with_body boolean,${fields}
      );

      create function matching_${name}(of_tenant uuid, asked ${name}_search) returns setof ${table}
      language sql stable parallel safe
      begin atomic
        select * from ${table} r
        where r.tenant_id = of_tenant and r.locale = (asked).locale and r.visible
          and r.generation = (select live_generation(of_tenant, '${kind}'))
          and ((asked).category_any is null or r.category_handles && (asked).category_any)
          and ((asked).category_all is null or r.category_handles @> (asked).category_all)
          and ((asked).tag_any is null or r.tag_handles && (asked).tag_any)
          and ((asked).tag_all is null or r.tag_handles @> (asked).tag_all)${conditions};
      end;
      comment on function matching_${name}(uuid, ${name}_search) is
        'What passes the filters, whatever words were typed. Becomes part of the query that calls it.';`;
}

function functionOf(search: Search): string {
  const { name, table, kind, id } = search;
  return `
      create function search_${name}(of_tenant uuid, request jsonb) returns json
      language plpgsql stable security definer
      set search_path = public, pg_temp
      set plan_cache_mode = force_custom_plan set enable_seqscan = off set jit = off set work_mem = '32MB'
      as $$
      declare
        asked ${name}_search := jsonb_populate_record(null::${name}_search, request);
        browsing constant boolean := coalesce(asked.query, '') ~ '^\\s*$';
        finders tsquery[];
        rankers tsquery[];
        forgiving boolean := false;
        total bigint;
        answer json;
        live constant integer := live_generation(of_tenant, '${kind}');
      begin
        loop
          select level.finders, level.rankers into finders, rankers
          from search_levels(of_tenant, asked.locale, asked.query, forgiving) level;

          with hit as materialized (
            select r.${id} as id, r.category_handles, r.tag_handles, ${search.columns},
              case asked.sort
                when 'relevance' then
                  r.level - ts_rank('{0, 0, 0.3, 1}', r.headline, r.ranker) * (1 - least(length(r.title), 200) / 1000::double precision)
                when 'newest' then -extract(epoch from r.published_at)
                when 'oldest' then extract(epoch from r.published_at)${search.orders}
                else 0
              end::double precision as number,
              case asked.sort when 'title' then r.title else '' end as words
            from (
              select wanted.level, wanted.ranker, m.*
              from unnest(finders, rankers) with ordinality as wanted (finder, ranker, level)
              join matching_${name}(of_tenant, asked) m on m.search @@ wanted.finder
              union all
              select 0, null, m.* from matching_${name}(of_tenant, asked) m where browsing
            ) r
          ),
          page as (
            (select ${id} as id, -extract(epoch from published_at)::double precision as number, '' as words
            from matching_${name}(of_tenant, asked)
            where browsing and asked.sort = 'newest'
              and (asked.after_id is null or (published_at, ${id}) < (to_timestamp(-asked.after_number), asked.after_id))
            order by published_at desc, ${id} desc
            limit asked.first + 1)
            union all
            (select id, number, words from hit
            where not (browsing and asked.sort = 'newest')
              and (asked.after_id is null
                or number > asked.after_number
                or number = asked.after_number
                  and (words > asked.after_words or words = asked.after_words and id < asked.after_id))
            order by number, words, id desc
            limit asked.first + 1)
          ),
          counted as (${facetsOf(search).join("\n            union all")}
          )
          select case when browsing then 0 else (select count(*) from hit) end, json_build_object(
            'totalCount', case when asked.with_total then (select count(*) from hit) end,${search.figures}
            'facets', (
              select json_object_agg(facet, counts)
              from (
                select facet, json_agg(json_build_object('value', entry, 'label', label, 'count', hits)
                  order by hits desc, entry) as counts
                from counted group by facet
              ) f),
            'terms', rankers[array_upper(rankers, 1)]::text,
            'hits', (
              select coalesce(json_agg(json_build_object(
                'key', json_build_array(number, words, id),
                'id', id,
                'title', r.title,
                'locale', r.shown_locale,${search.card},
                'publishedAt', r.doc -> 'publishedAt',
                'revision', r.revision,
                'indexedAt', iso8601(r.indexed_at)) order by number, words, id desc), '[]')
              from page
              join ${table} r on r.${id} = id
              where r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live))
          into total, answer;

          -- Typos are forgiven where the words as typed find fewer than ten, with or without filters. The
          -- limit is hidden in a sub-select, or the planner would walk all rows by their key in the hope
          -- of an early end.
          exit when forgiving or finders is null or total >= 10 or (
            select count(*) = 10
            from (
              select from ${table} r
              where r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live and r.visible and r.search @@ any (finders)
              limit (select 10)
            ) unfiltered);
          forgiving := true;
        end loop;
        return answer;
      end $$;`;
}

/** Each facet's hundred most frequent values. */
function facetsOf({ table, id, scope, facets }: Search): string[] {
  const categories = `(
                select name from index_categories
                where tenant_id = of_tenant and scope = '${scope}' and locale = asked.locale
                  and handle = entry and visible limit 1)`;
  const tags = `(
                select tag ->> 'name' from jsonb_array_elements(r.doc -> 'tags') tag
                where tag ->> 'handle' = entry)`;
  const example = `
            join ${table} r on r.tenant_id = of_tenant and r.${id} = example and r.locale = asked.locale and r.generation = live`;
  return [
    { name: "categories", values: "unnest(category_handles)", label: categories },
    { name: "tags", values: "unnest(tag_handles)", label: tags },
    ...facets,
  ].map(
    ({ name, values, label = "entry" }) => `
            select '${name}' as facet, entry, hits, ${label} as label
            from (
              select entry, count(*) as hits, any_value(id) as example
              from (select ${values} as entry, id from hit where '${name}' = any (asked.facets)) carried
              where entry is not null
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent${label.includes("r.doc") ? example : ""}`,
  );
}
