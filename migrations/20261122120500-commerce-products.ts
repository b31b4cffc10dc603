import { Migration } from "@mikro-orm/migrations";

/**
 * Products with translations, options, variants, prices, stock and images.
 *
 * Option names and SKUs are judged at the commit: within one change they may be swapped around.
 */
export class CommerceProducts extends Migration {
  override up(): void {
    this.addSql(`
      create table products (
        id           uuid primary key,
        tenant_id    uuid not null references tenants on delete cascade,
        handle       text not null,
        status       text not null default 'draft' check (status in ('draft', 'published')),
        vendor       text,
        product_type text,
        revision     bigint not null default 1,
        published_at timestamptz,
        created_at   timestamptz not null default now(),
        updated_at   timestamptz not null default now(),
        unique (tenant_id, id),
        constraint products_handle_key unique (tenant_id, handle)
      );
      comment on column products.published_at is 'When it was first made public; kept while it is unpublished.';
      select protect_tenant_rows('products');

      create table product_translations (
        tenant_id       uuid not null,
        product_id      uuid not null,
        locale          text not null,
        title           text not null,
        description     text not null default '',
        seo_title       text,
        seo_description text,
        primary key (tenant_id, product_id, locale),
        foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
      );
      comment on column product_translations.description is 'HTML, sanitised when written.';
      select protect_tenant_rows('product_translations');

      create table product_options (
        id         uuid primary key,
        tenant_id  uuid not null,
        product_id uuid not null,
        name       text not null,
        position   integer not null,
        unique (tenant_id, id),
        constraint product_options_name_key unique (tenant_id, product_id, name) deferrable initially deferred,
        foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
      );
      select protect_tenant_rows('product_options');

      create table product_variants (
        id           uuid primary key,
        tenant_id    uuid not null,
        product_id   uuid not null,
        sku          text,
        barcode      text,
        weight_grams integer check (weight_grams >= 0),
        position     integer not null default 0,
        unique (tenant_id, id),
        constraint product_variants_sku_key unique (tenant_id, sku) deferrable initially deferred,
        foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
      );
      create index product_variants_by_product on product_variants (tenant_id, product_id);
      select protect_tenant_rows('product_variants');

      create table variant_translations (
        tenant_id  uuid not null,
        variant_id uuid not null,
        locale     text not null,
        title      text not null,
        primary key (tenant_id, variant_id, locale),
        foreign key (tenant_id, variant_id) references product_variants (tenant_id, id) on delete cascade
      );
      select protect_tenant_rows('variant_translations');

      create table variant_options (
        tenant_id  uuid not null,
        variant_id uuid not null,
        option_id  uuid not null,
        value      text not null,
        primary key (tenant_id, variant_id, option_id),
        foreign key (tenant_id, variant_id) references product_variants (tenant_id, id) on delete cascade,
        foreign key (tenant_id, option_id) references product_options (tenant_id, id) on delete cascade
      );
      create index variant_options_by_option on variant_options (tenant_id, option_id);
      comment on table variant_options is 'The value a variant has for each option of its product: Size = M.';
      select protect_tenant_rows('variant_options');

      create table prices (
        tenant_id         uuid not null,
        variant_id        uuid not null,
        currency          char(3) not null,
        amount            bigint not null check (amount >= 0),
        compare_at_amount bigint check (compare_at_amount > amount),
        primary key (tenant_id, variant_id, currency),
        foreign key (tenant_id, variant_id) references product_variants (tenant_id, id) on delete cascade
      );
      comment on column prices.amount is 'Minor units of the currency: 1999 is 19.99 EUR and 1999 JPY.';
      select protect_tenant_rows('prices');

      create table stock_locations (
        id         uuid primary key,
        tenant_id  uuid not null references tenants on delete cascade,
        handle     text not null,
        name       text not null,
        created_at timestamptz not null default now(),
        unique (tenant_id, id),
        constraint stock_locations_handle_key unique (tenant_id, handle)
      );
      select protect_tenant_rows('stock_locations');

      create table inventory_levels (
        tenant_id   uuid not null,
        variant_id  uuid not null,
        location_id uuid not null,
        quantity    integer not null,
        primary key (tenant_id, variant_id, location_id),
        foreign key (tenant_id, variant_id) references product_variants (tenant_id, id) on delete cascade,
        foreign key (tenant_id, location_id) references stock_locations (tenant_id, id) on delete restrict
      );
      comment on column inventory_levels.quantity is 'On hand; below zero means oversold.';
      select protect_tenant_rows('inventory_levels');

      create table product_images (
        id         uuid primary key,
        tenant_id  uuid not null,
        product_id uuid not null,
        url        text not null,
        alt        text,
        position   integer not null,
        foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
      );
      create index product_images_by_product on product_images (tenant_id, product_id);
      select protect_tenant_rows('product_images');

      create table product_categories (
        tenant_id   uuid not null,
        product_id  uuid not null,
        category_id uuid not null,
        scope       text not null generated always as ('product') stored,
        primary key (tenant_id, product_id, category_id),
        foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade,
        constraint product_categories_category_id_fkey foreign key (tenant_id, scope, category_id)
          references categories (tenant_id, scope, id) on delete cascade
      );
      comment on column product_categories.scope is 'Binds it to the shop''s categories: the site''s are not for products.';
      create index product_categories_by_category on product_categories (tenant_id, category_id);
      select protect_tenant_rows('product_categories');

      create table product_tags (
        tenant_id  uuid not null,
        product_id uuid not null,
        tag_id     uuid not null,
        scope      text not null generated always as ('product') stored,
        primary key (tenant_id, product_id, tag_id),
        foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade,
        constraint product_tags_tag_id_fkey foreign key (tenant_id, scope, tag_id)
          references tags (tenant_id, scope, id) on delete cascade
      );
      comment on column product_tags.scope is 'Binds it to the shop''s tags: the site''s are not for products.';
      create index product_tags_by_tag on product_tags (tenant_id, tag_id);
      select protect_tenant_rows('product_tags');`);
  }
}
