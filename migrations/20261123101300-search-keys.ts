import { Migration } from "@mikro-orm/migrations";

/** A table that is searched, the arrays its facets count, and what else they count and filter by. */
const tables = [
  {
    table: "index_products",
    id: "product_id",
    arrays: {
      category_key: "category_handles",
      tag_key: "tag_handles",
      option_key: "option_values",
    },
    facts: "vendor, product_type, in_stock",
  },
  {
    table: "index_content",
    id: "node_id",
    arrays: { category_key: "category_handles", tag_key: "tag_handles" },
    facts: "kind, author_handle",
  },
];

/**
 * Short numbers in place of what searching would otherwise compare and hash thousands of times.
 *
 * `scope` stands for tenant, locale and generation: words are indexed with it in front, so that a small
 * tenant does not walk the postings of all others; as one number it is walked once, not three times.
 *
 * A key stands for a whole list of values. Few products differ from all others in one: counting them by
 * key first, and the values of each key after that, takes a fifth of the time of counting values. The
 * index by day of publication carries the keys, so that browsing everything reads no row at all.
 */
export class SearchKeys extends Migration {
  override up(): void {
    this.addSql(`
      create function search_scope(tenant_id uuid, locale text, generation integer) returns bigint
      language sql immutable strict parallel safe
      return hashtextextended(tenant_id::text || ' ' || locale || ' ' || generation::text, 0);
      comment on function search_scope(uuid, text, integer) is
        'A short stand-in. Two may have the same: conditions name all three besides.';`);

    for (const { table, id, arrays, facts } of tables) {
      const keys = Object.entries(arrays).map(
        ([key, list]) =>
          `add column ${key} bigint generated always as (hash_array_extended(${list}, 0)) stored`,
      );
      this.addSql(`
        drop index ${table}_by_word;
        drop index ${table}_by_published_at;
        alter table ${table}
          add column scope bigint not null generated always as (search_scope(tenant_id, locale, generation)) stored,
          ${keys.join(",\n          ")};
        create index ${table}_by_word on ${table}
          using gin (scope, search, category_handles, tag_handles) with (gin_pending_list_limit = 256);
        create index ${table}_by_published_at on ${table} (tenant_id, locale, generation, published_at, ${id})
          include (${facts}, ${Object.keys(arrays).join(", ")}) where visible;`);
    }
  }
}
