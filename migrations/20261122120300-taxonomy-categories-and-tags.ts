import { Migration } from "@mikro-orm/migrations";

/** Nested categories and flat tags; `scope` keeps the shop's apart from the site's. */
export class TaxonomyCategoriesAndTags extends Migration {
  override up(): void {
    this.addSql(`
      create table categories (
        id         uuid primary key,
        tenant_id  uuid not null references tenants on delete cascade,
        scope      text not null check (scope in ('product', 'content')),
        parent_id  uuid,
        handle     text not null,
        position   integer not null default 0,
        revision   bigint not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        unique (tenant_id, id),
        unique (tenant_id, scope, id),
        constraint categories_handle_key unique (tenant_id, scope, handle),
        constraint categories_parent_fkey foreign key (tenant_id, scope, parent_id)
          references categories (tenant_id, scope, id) on delete restrict,
        check (parent_id <> id)
      );
      create index categories_by_parent on categories (tenant_id, parent_id);
      select protect_tenant_rows('categories');

      create table category_translations (
        tenant_id   uuid not null,
        category_id uuid not null,
        locale      text not null,
        name        text not null,
        description text,
        primary key (tenant_id, category_id, locale),
        foreign key (tenant_id, category_id) references categories (tenant_id, id) on delete cascade
      );
      select protect_tenant_rows('category_translations');

      create table tags (
        id         uuid primary key,
        tenant_id  uuid not null references tenants on delete cascade,
        scope      text not null check (scope in ('product', 'content')),
        handle     text not null,
        name       text not null,
        revision   bigint not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        unique (tenant_id, id),
        unique (tenant_id, scope, id),
        constraint tags_handle_key unique (tenant_id, scope, handle)
      );
      select protect_tenant_rows('tags');`);
  }
}
