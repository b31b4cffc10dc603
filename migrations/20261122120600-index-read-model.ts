import { Migration } from "@mikro-orm/migrations";

/**
 * What storefronts read: a row per entity and locale of its tenant, written only by projections.
 *
 * A row without a document is a tombstone: the entity is a draft, unpublished or deleted. It keeps
 * its revision, so that a late projection of an earlier state cannot bring the document back.
 *
 * `shows` holds the ids of every category, ancestor of one, tag and author the document names:
 * who is found there is projected anew when one of them changes.
 */
export class IndexReadModel extends Migration {
  override up(): void {
    this.addSql(`
      create table index_products (
        tenant_id        uuid not null references tenants on delete cascade,
        product_id       uuid not null,
        locale           text not null,
        revision         bigint not null,
        shared_revision  bigint not null,
        indexed_at       timestamptz not null default now(),
        doc              jsonb,
        visible          boolean not null generated always as (doc is not null) stored,
        shown_locale     text,
        handle           text,
        title            text collate "unicode",
        vendor           text,
        product_type     text,
        category_handles text[],
        tag_handles      text[],
        option_values    text[],
        shows            uuid[],
        in_stock         boolean,
        prices           jsonb,
        published_at     timestamptz,
        created_at       timestamptz,
        search           tsvector,
        headline         tsvector generated always as (ts_filter(search, '{a,b}')) stored,
        primary key (tenant_id, product_id, locale),
        check (doc is not null or num_nonnulls(shown_locale, handle, title, category_handles, prices, search) = 0)
      ) with (fillfactor = 80);
      comment on column index_products.shown_locale is 'The locale its texts are in: another one where a translation is missing.';
      comment on column index_products.category_handles is 'The categories assigned and all their ancestors.';
      comment on column index_products.option_values is 'What its variants come in, an option and a value each: Size=M.';
      comment on column index_products.prices is 'Its cheapest and dearest variant by currency, in minor units: {"EUR": {"min": 1999, "max": 2999}}.';
      create index index_products_by_handle on index_products (tenant_id, handle, locale) where visible;
      create index index_products_by_title on index_products (tenant_id, locale, title, product_id) where visible;
      create index index_products_by_published_at on index_products (tenant_id, locale, published_at, product_id) where visible;
      create index index_products_by_shown on index_products using gin (shows);
      comment on column index_products.headline is 'The words of title and keywords: what ranking reads, so that it never fetches the whole of search.';
      select protect_tenant_rows('index_products');
      create policy reader_reads on index_products for select to rustok_reader using (true);
      grant select on index_products to rustok_reader;`);

    this.addSql(`
      create table index_content (
        tenant_id        uuid not null references tenants on delete cascade,
        node_id          uuid not null,
        locale           text not null,
        revision         bigint not null,
        shared_revision  bigint not null,
        indexed_at       timestamptz not null default now(),
        doc              jsonb,
        visible          boolean not null generated always as (doc is not null) stored,
        shown_locale     text,
        kind             text,
        slug             text,
        title            text collate "unicode",
        author_handle    text,
        category_handles text[],
        tag_handles      text[],
        shows            uuid[],
        parent_id        uuid,
        position         integer,
        published_at     timestamptz,
        created_at       timestamptz,
        search           tsvector,
        headline         tsvector generated always as (ts_filter(search, '{a,b}')) stored,
        primary key (tenant_id, node_id, locale),
        check (doc is not null or num_nonnulls(shown_locale, kind, slug, title, category_handles, search) = 0)
      ) with (fillfactor = 80);
      comment on column index_content.shown_locale is
        'The locale its texts are in: another one where a translation is missing. Of two nodes with one slug, the one at home in the locale goes first.';
      create index index_content_by_slug on index_content (tenant_id, kind, slug, locale) where visible;
      create index index_content_by_published_at on index_content (tenant_id, locale, kind, published_at, node_id) where visible;
      create index index_content_by_parent on index_content (tenant_id, locale, parent_id, node_id) where visible;
      create index index_content_by_shown on index_content using gin (shows);
      comment on column index_content.headline is 'The words of title and keywords: what ranking reads, so that it never fetches the whole of search.';
      select protect_tenant_rows('index_content');
      create policy reader_reads on index_content for select to rustok_reader using (true);
      grant select on index_content to rustok_reader;`);

    this.addSql(`
      create table index_categories (
        tenant_id       uuid not null references tenants on delete cascade,
        category_id     uuid not null,
        locale          text not null,
        revision        bigint not null,
        shared_revision bigint not null,
        indexed_at      timestamptz not null default now(),
        doc             jsonb,
        visible         boolean not null generated always as (doc is not null) stored,
        shown_locale    text,
        scope           text,
        handle          text,
        name            text collate "unicode",
        parent_id       uuid,
        position        integer,
        shows           uuid[],
        primary key (tenant_id, category_id, locale),
        check (doc is not null or num_nonnulls(shown_locale, scope, handle, name) = 0)
      ) with (fillfactor = 80);
      comment on column index_categories.shows is 'Its ancestors: their names are in its breadcrumb.';
      create index index_categories_by_scope on index_categories (tenant_id, scope, locale, position, category_id) where visible;
      create index index_categories_by_shown on index_categories using gin (shows);
      select protect_tenant_rows('index_categories');
      create policy reader_reads on index_categories for select to rustok_reader using (true);
      grant select on index_categories to rustok_reader;`);
  }
}
