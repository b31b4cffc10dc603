import { Migration } from "@mikro-orm/migrations";

/**
 * How the read model lies on disk, for searches that visit many rows and show few.
 *
 * `doc` and `search` go out of line and the rest stays as it is, uncompressed, so that a row has about
 * 1 kB: ranking and counting never drag documents through the cache. The words are indexed with
 * tenant and locale in front, or a small tenant would walk the postings of all others. The list of rows
 * still to be sorted into that index is read by every search: it is kept short (256 kB; at the usual
 * 4 MB indexing is a tenth faster).
 */
export class SearchIndexes extends Migration {
  override up(): void {
    this.addSql(`
      alter table index_products set (toast_tuple_target = 1536);
      alter table index_products
        alter doc set storage external,
        alter search set storage external,
        alter headline set storage external,
        alter title set storage external,
        alter category_handles set storage external,
        alter tag_handles set storage external,
        alter option_values set storage external,
        alter prices set storage external,
        alter shows set storage external;
      create index index_products_by_word on index_products
        using gin (tenant_id, locale, search, category_handles, tag_handles) with (gin_pending_list_limit = 256);

      alter table index_content set (toast_tuple_target = 1536);
      alter table index_content
        alter doc set storage external,
        alter search set storage external,
        alter headline set storage external,
        alter title set storage external,
        alter category_handles set storage external,
        alter tag_handles set storage external,
        alter shows set storage external;
      create index index_content_by_word on index_content
        using gin (tenant_id, locale, search, category_handles, tag_handles) with (gin_pending_list_limit = 256);

      create index index_categories_by_handle on index_categories (tenant_id, scope, locale, handle) where visible;`);
  }
}
