import { optionBit, type Search } from "./search.ts";

const price = "(r.prices -> asked.currency -> 'min')::bigint";
const recency =
  "65535 - least(greatest((r.published_at at time zone 'UTC')::date - date '1970-01-01', 0), 65535)";

export const products: Search = {
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
  // Above any price: what is not sold in the currency comes last either way.
  orders: `
                  when 'price_asc' then coalesce(${price}, 9007199254740991)
                  when 'price_desc' then coalesce(-${price}, 9007199254740991)`,
  counting: `case when 'prices' = any (asked.facets) then ${price} end as price`,
  figures: `
          'priceRange', (
            select json_build_object('currency', asked.currency, 'min', min(price), 'max', max(price))
            from hit
            where 'prices' = any (asked.facets) and (not choosing or failed | 16 = 16)
            having min(price) is not null),`,
  document: "images jsonb, description text",
  card: `
              'handle', r.handle,
              'vendor', r.vendor,
              'productType', r.product_type,
              'image', d.images -> 0,
              'priceRange', jsonb_build_object('currency', asked.currency) || (r.prices -> asked.currency),
              'inStock', r.in_stock,
              'body', case when asked.with_body then left(d.description, 20000) end`,
};

export const content: Search = {
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
  facets: [
    { name: "kinds", column: "kind" },
    { name: "authors", column: "author_handle", label: "r.doc -> 'author' ->> 'name'" },
  ],
  orders: "",
  counting: "",
  figures: "",
  document: "excerpt text, author jsonb, html text",
  card: `
              'kind', r.kind,
              'slug', r.slug,
              'excerpt', d.excerpt,
              'author', case when d.author is not null then
                json_build_object('handle', d.author -> 'handle', 'name', d.author -> 'name') end,
              'body', case when asked.with_body then left(d.html, 20000) end`,
};
