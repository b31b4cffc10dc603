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
  /** Further fields of what is asked, and the conditions that no facet is counted without. */
  fields: string;
  conditions: string;
  /** What is chosen among the values of facets besides categories and tags. */
  choices: Choice[];
  /** What the tenant may rank by, a number from 0 up: the smaller, the better. */
  signals: Record<string, string>;
  /** Further facets. */
  facets: Facet[];
  /** Further columns that hits keep. */
  columns: string;
  /** Further orders: a number for `case ordered`. */
  orders: string;
  /** Further entries of the answer. */
  figures: string;
  /** Further fields of a hit. */
  card: string;
}

/** A condition that its own facet is counted without; its place among the others is its bit in `failed`. */
interface Choice {
  facet: string;
  given: string;
  holds: string;
}

interface Facet {
  name: string;
  /** The hits' column: the value itself, or the key of the list that holds it. */
  column: string;
  list?: string;
  /** What people call a value, read from the document of some hit that has it; if left out, by itself. */
  label?: string;
  /** Which hits are counted beside those that all choices hold for; if left out, those that only its own fails for. */
  besides?: string;
}

const shared: Choice[] = [
  {
    facet: "categories",
    given: "asked.category_any is not null",
    holds: "r.category_handles && asked.category_any",
  },
  {
    facet: "tags",
    given: "asked.tag_any is not null",
    holds: "r.tag_handles && asked.tag_any",
  },
];

const price = "(r.prices -> asked.currency -> 'min')::bigint";
const recency =
  "65535 - least(greatest((r.published_at at time zone 'UTC')::date - date '1970-01-01', 0), 65535)";

/** The bit of an option's choice is that of its name; the ten after those of five other choices. */
const optionBit = (place: string) => `(32 << (${place})::integer - 1)`;

const products: Search = {
  name: "products",
  table: "index_products",
  kind: "product",
  id: "product_id",
  scope: "product",
  fields: `
        by_boost double precision, by_stock double precision, by_sales double precision,
        currency text, vendors text[], product_types text[], options text[], option_names text[],
        price_gte bigint, price_lte bigint, in_stock boolean`,
  conditions: `
                and (asked.in_stock is null or r.in_stock = asked.in_stock)
                and (asked.options is null or 'options' = any (asked.facets) or not exists (
                  select from generate_subscripts(asked.options, 1) i
                  where not r.option_values && asked.options[i:i]))`,
  choices: [
    {
      facet: "vendors",
      given: "asked.vendors is not null",
      holds: "r.vendor = any (asked.vendors)",
    },
    {
      facet: "productTypes",
      given: "asked.product_types is not null",
      holds: "r.product_type = any (asked.product_types)",
    },
    {
      facet: "prices",
      given: "(asked.price_gte is not null or asked.price_lte is not null)",
      holds: `${price} between coalesce(asked.price_gte, 0) and coalesce(asked.price_lte, 9007199254740991)`,
    },
  ],
  signals: {
    boost: "100 - r.boost",
    stock: "(not r.in_stock)::integer",
    sales: "63 - r.popularity",
    recency,
  },
  columns: `
                case when ordered like 'price%' or 'prices' = any (asked.facets) then ${price} end as price,`,
  // Above any price: what is not sold in the currency comes last either way.
  orders: `
                  when 'price_asc' then coalesce(${price}, 9007199254740991)
                  when 'price_desc' then coalesce(-${price}, 9007199254740991)`,
  facets: [
    { name: "vendors", column: "vendor" },
    { name: "productTypes", column: "product_type" },
    {
      name: "options",
      column: "option_key",
      list: "option_values",
      besides: `exists (
                  select from unnest(asked.option_names) with ordinality as own (name, place)
                  where starts_with(entry, own.name || '=') and failed = ${optionBit("own.place")})`,
    },
  ],
  figures: `
          'priceRange', (
            select json_build_object('currency', asked.currency, 'min', min(price), 'max', max(price))
            from hit
            where 'prices' = any (asked.facets) and failed in (0, 16)
            having min(price) is not null),`,
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
                and (asked.published_gte is null or r.published_at >= asked.published_gte)
                and (asked.published_lte is null or r.published_at <= asked.published_lte)`,
  choices: [
    { facet: "kinds", given: "asked.kinds is not null", holds: "r.kind = any (asked.kinds)" },
    {
      facet: "authors",
      given: "asked.authors is not null",
      holds: "r.author_handle = any (asked.authors)",
    },
  ],
  signals: { recency },
  columns: "",
  orders: "",
  facets: [
    { name: "kinds", column: "kind" },
    { name: "authors", column: "author_handle", label: "doc -> 'author' ->> 'name'" },
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
 * Plans are made anew for each call (some 2 ms), so that what is not asked for, be it a filter, a
 * facet or the total, is not in the plan at all.
 */
export class SearchFunctions extends Migration {
  override up(): void {
    for (const search of [products, content]) {
      this.addSql(typeOf(search));
      this.addSql(functionOf(search));
      this.addSql(`
        alter function search_${search.name}(uuid, jsonb) owner to rustok_reader;
        revoke all on function search_${search.name}(uuid, jsonb) from public;
        grant execute on function search_${search.name}(uuid, jsonb) to rustok_app;`);
    }
  }
}

function typeOf({ name, fields }: Search): string {
  return `
      drop function search_${name}(uuid, jsonb);
      drop function matching_${name}(uuid, ${name}_search);
      drop type ${name}_search;
      create type ${name}_search as (
        query text, phrases text[], excluded text[], synonyms jsonb, stop_words text[], locale text,
        category_any text[], category_all text[], tag_any text[], tag_all text[],
        sort text, first integer, after_number double precision, after_words text, after_id uuid, after_offset integer,
        facets text[], with_total boolean, with_body boolean, pinned uuid[], hidden uuid[],
        by_match double precision, by_recency double precision,${fields}
      );`;
}

const choicesOf = (search: Search) => [...shared, ...search.choices];

const whose = "r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live";

/** The same for the index of words alone: an index of the three, put beside it, would find all rows for nothing. */
const whoseByScope = `r.scope = in_scope and (${whose}) is true`;

/** What a row must fulfil besides. A choice is left to `failed` when its facet is counted. */
function conditionsOf(search: Search): string {
  const chosen = choicesOf(search).map(
    ({ facet, given, holds }) =>
      `
                and (not ${given} or '${facet}' = any (asked.facets) or ${holds})`,
  );
  return `r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.${search.id} <> all (asked.hidden))${chosen.join("")}${search.conditions}`;
}

/** Which choices, of those whose facets are counted, do not hold for a row: a bit each. */
function failedBy(search: Search): string {
  const bits = choicesOf(search).map(
    ({ facet, given, holds }, place) =>
      `case when ${given} and '${facet}' = any (asked.facets) and (${holds}) is not true then ${1 << place} else 0 end`,
  );
  if (search.facets.some(({ name }) => name === "options")) {
    bits.push(`case when asked.options is not null and 'options' = any (asked.facets) then coalesce((
                  select bit_or(${optionBit("array_position(asked.option_names, asked.option_names[i])")})
                  from generate_subscripts(asked.options, 1) i
                  where not r.option_values && asked.options[i:i]), 0) else 0 end`);
  }
  return bits.join("\n                + ");
}

const mostUnits = 20;

/** How far from the title each unit is found, added up: 0 in it, 1 in the keywords, 2 in the text. */
function distance(unit = 1): string {
  const here = `2 - (r.headline @@ wanted.titled[${unit}])::integer - (r.headline @@ wanted.filed[${unit}])::integer`;
  if (unit === mostUnits) return here;
  return `${here} + case when units > ${unit} then ${distance(unit + 1)} else 0 end`;
}

/**
 * One whole number below 2^53, the smaller the better: level, distance from the title, what the tenant
 * ranks by, then whether the words stand together and how short the title is. How much each counts is
 * asked, so that no two overlap.
 */
function relevance({ signals }: Search): string {
  const ranked = Object.entries(signals).map(
    ([name, value]) =>
      `
                  + case when asked.by_${name} > 0 then asked.by_${name} * (${value}) else 0 end`,
  );
  return `asked.by_match * (64 * wanted.level + ${distance()})${ranked.join("")}
                  + case when r.headline @@ together then 0 else 256 end + least(octet_length(r.title), 255)`;
}

function functionOf(search: Search): string {
  const { name, table, kind, id, columns } = search;
  const conditions = conditionsOf(search);
  const failed = failedBy(search);
  const kept = `r.${id} as id, ${failed} as failed,${columns}
                ${counting(search)}`;
  const unpinned = `(asked.pinned is null or r.${id} <> all (asked.pinned))`;
  return `
      create function search_${name}(of_tenant uuid, request jsonb) returns json
      language plpgsql stable security definer
      set search_path = public, pg_temp
      set plan_cache_mode = force_custom_plan set enable_seqscan = off set jit = off set work_mem = '32MB'
      as $$
      declare
        asked ${name}_search := jsonb_populate_record(null::${name}_search, request);
        live constant integer := live_generation(of_tenant, '${kind}');
        in_scope constant bigint := search_scope(of_tenant, asked.locale, live);
        browsing constant boolean := coalesce(asked.query, '') ~ '^\\s*$' and coalesce(cardinality(asked.phrases), 0) = 0;
        ordered constant text := case when browsing and asked.sort = 'relevance' then 'newest' else asked.sort end;
        -- Whether the index of words finds what is filtered by: the lists that are in it.
        listed constant boolean := asked.category_all is not null or asked.tag_all is not null
          or asked.category_any is not null and not 'categories' = any (asked.facets)
          or asked.tag_any is not null and not 'tags' = any (asked.facets);
        by_age constant boolean := browsing and ordered = 'newest';
        reach constant integer := asked.first + 1 + coalesce(asked.after_offset, 0);
        below_pins constant double precision := -1e14;
        unwanted tsquery;
        together tsquery;
        levels search_level[];
        finders tsquery[];
        units integer;
        forgiving boolean := false;
        total bigint;
        answer json;
      begin
        if not browsing then
          together := phraseto_tsquery('rustok_words', search_text(asked.query));
        elsif cardinality(asked.excluded) > 0 then
          select any_of(phrase_query(phrase_words(given))) into unwanted from unnest(asked.excluded) given;
        end if;
        loop
          if not browsing then
            select array_agg(l order by level), array_agg(finder) into levels, finders
            from search_levels(of_tenant, asked.locale, coalesce(asked.query, ''), coalesce(asked.phrases, '{}'),
              asked.excluded, asked.synonyms, coalesce(asked.stop_words, '{}'), forgiving) l;
            units := cardinality(levels[1].titled);
          end if;

          with hit as materialized (
            select * from (
              select ${kept},
                case ordered
                  when 'relevance' then ${relevance(search)}
                  when 'newest' then -extract(epoch from r.published_at)
                  when 'oldest' then extract(epoch from r.published_at)${search.orders}
                  else 0
                end::double precision as number,
                case ordered when 'title' then r.title else ''::text end as words
              from unnest(levels) as wanted
              join ${table} r on r.search @@ wanted.finder
              where ${whoseByScope} and ${conditions}
                and ${unpinned}
              union all
              select ${kept},
                case ordered
                  when 'oldest' then extract(epoch from r.published_at)${search.orders}
                  else 0
                end::double precision,
                case ordered when 'title' then r.title else ''::text end
              from ${table} r
              where browsing and (listed and ${whoseByScope} or not listed and ${whose}) and ${conditions}
                and ${unpinned} and (unwanted is null or not r.search @@ unwanted)
              union all
              select ${kept}, (pin.place - 1e15)::double precision, ''::text
              from unnest(asked.pinned) with ordinality as pin (id, place)
              join ${table} r on r.${id} = pin.id
              where asked.pinned is not null and ${whose} and ${conditions}
            ) r
            where failed & (failed - 1) = 0
          ),
          page as (
            select * from (
              (select r.${id} as id, -extract(epoch from r.published_at)::double precision as number, ''::text as words
              from ${table} r
              where by_age and ${whose} and (not listed or r.scope = in_scope) and ${conditions}
                and ${unpinned} and (unwanted is null or not r.search @@ unwanted)
                and ${failed} = 0
                and (asked.after_id is null or asked.after_number < below_pins
                  or (r.published_at, r.${id}) < (to_timestamp(least(greatest(-asked.after_number, -2e11), 2e11)), asked.after_id))
              order by r.published_at desc, r.${id} desc
              limit reach)
              union all
              (select id, number, words from hit
              where failed = 0 and (not by_age or number < below_pins)
                and (asked.after_id is null
                  or number > asked.after_number
                  or number = asked.after_number
                    and (words > asked.after_words or words = asked.after_words and id < asked.after_id))
              order by number, words, id desc
              limit reach)
            ) found
            order by number, words, id desc
            offset coalesce(asked.after_offset, 0) limit asked.first + 1
          ),
          tally as (select count(*) as hits from hit where failed = 0),
          counted as (${facetsOf(search).join("\n            union all")}
          )
          select case when browsing then 0 else (select hits from tally) end, json_build_object(
            'totalCount', case when asked.with_total then (select hits from tally) end,${search.figures}
            'facets', (
              select json_object_agg(facet, counts)
              from (
                select facet, json_agg(json_build_object('value', entry, 'label', label, 'count', hits)
                  order by hits desc, entry) as counts
                from counted group by facet
              ) f),
            'terms', levels[array_upper(levels, 1)].ranker::text,
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
          exit when browsing or forgiving or levels is null
            or total >= 10 + coalesce(cardinality(asked.pinned), 0)
            or (
              select count(*) = 10
              from (
                select from ${table} r
                where ${whoseByScope} and r.visible and r.search @@ any (finders)
                limit (select 10)
              ) unfiltered);
          forgiving := true;
        end loop;
        return answer;
      end $$;`;
}

/** What the facets asked for count hits by. */
const counting = (search: Search) =>
  facetsIn(search)
    .map(
      ({ name, column }) =>
        `case when '${name}' = any (asked.facets) then r.${column} end as ${column}`,
    )
    .join(",\n                ");

function facetsIn(search: Search): Facet[] {
  const categories = `(
                select name from index_categories
                where tenant_id = of_tenant and scope = '${search.scope}' and locale = asked.locale
                  and generation = live_generation(of_tenant, 'category') and handle = entry and visible limit 1)`;
  const tags = `(
                select tag ->> 'name' from jsonb_array_elements(doc -> 'tags') tag
                where tag ->> 'handle' = entry)`;
  return [
    { name: "categories", column: "category_key", list: "category_handles", label: categories },
    { name: "tags", column: "tag_key", list: "tag_handles", label: tags },
    ...search.facets,
  ];
}

/** Each facet's hundred most frequent values. */
const facetsOf = (search: Search) =>
  facetsIn(search).map((facet) =>
    facet.list ? countedByList(search, facet) : counted(search, facet),
  );

/** Hits for which all choices hold, or only this facet's own fails. */
function countable(search: Search, name: string): string {
  const place = choicesOf(search).findIndex(({ facet }) => facet === name);
  return `'${name}' = any (asked.facets)${place < 0 ? "" : ` and failed in (0, ${1 << place})`}`;
}

function counted(search: Search, { name, column, label = "entry" }: Facet): string {
  const { table, id } = search;
  const document = `
            left join ${table} r on r.tenant_id = of_tenant and r.${id} = example and r.locale = asked.locale and r.generation = live`;
  return `
            select '${name}' as facet, entry, hits, ${label.replace(/^doc/, "r.doc")} as label
            from (
              select ${column} as entry, count(*) as hits, any_value(id) as example
              from hit
              where ${countable(search, name)} and ${column} is not null
              group by ${column}
              order by hits desc, entry
              limit 100
            ) frequent${label.startsWith("doc") ? document : ""}`;
}

/** Counts whole lists first, by key, and then what is in them. */
function countedByList(search: Search, facet: Facet): string {
  const { name, column, list, label = "entry", besides } = facet;
  const { table, id } = search;
  const apart = besides ? ", failed" : "";
  return `
            select '${name}' as facet, entry, hits, ${label} as label
            from (
              select entry, sum(alike)::bigint as hits, any_value(r.doc) as doc
              from (
                select ${column}${apart}, count(*) as alike, any_value(id) as example
                from hit
                where ${countable(search, name)}
                group by ${column}${apart}
              ) same
              join ${table} r on r.tenant_id = of_tenant and r.${id} = example
                and r.locale = asked.locale and r.generation = live,
              unnest(r.${list}) as entry${
                besides
                  ? `
              where failed = 0 or ${besides}`
                  : ""
              }
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent`;
}
