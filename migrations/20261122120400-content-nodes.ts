import { Migration } from "@mikro-orm/migrations";

/** Nodes of any kind with their translations, bodies, authors, categories and tags. */
export class ContentNodes extends Migration {
  override up(): void {
    this.addSql(`
      create table authors (
        id         uuid primary key,
        tenant_id  uuid not null references tenants on delete cascade,
        handle     text not null,
        name       text not null,
        bio        text,
        avatar_url text,
        revision   bigint not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        unique (tenant_id, id),
        constraint authors_handle_key unique (tenant_id, handle)
      );
      select protect_tenant_rows('authors');

      create table nodes (
        id           uuid primary key,
        tenant_id    uuid not null references tenants on delete cascade,
        kind         text not null check (kind ~ '^[a-z][a-z0-9-]{0,62}$'),
        status       text not null default 'draft' check (status in ('draft', 'published')),
        parent_id    uuid,
        author_id    uuid,
        fields       jsonb not null default '{}' check (jsonb_typeof(fields) = 'object'),
        position     integer not null default 0,
        revision     bigint not null default 1,
        published_at timestamptz,
        created_at   timestamptz not null default now(),
        updated_at   timestamptz not null default now(),
        unique (tenant_id, id),
        unique (tenant_id, id, kind),
        constraint nodes_parent_id_fkey foreign key (tenant_id, parent_id)
          references nodes (tenant_id, id) on delete restrict,
        constraint nodes_author_id_fkey foreign key (tenant_id, author_id)
          references authors (tenant_id, id) on delete restrict,
        check (parent_id <> id)
      );
      comment on column nodes.published_at is
        'When the node was first made public; an importer may set it to the past. Kept while unpublished.';
      create index nodes_by_kind on nodes (tenant_id, kind, id);
      create index nodes_by_parent on nodes (tenant_id, parent_id);
      create index nodes_by_author on nodes (tenant_id, author_id);
      select protect_tenant_rows('nodes');

      create table node_translations (
        tenant_id       uuid not null,
        node_id         uuid not null,
        kind            text not null,
        locale          text not null,
        slug            text not null,
        title           text not null,
        excerpt         text,
        seo_title       text,
        seo_description text,
        primary key (tenant_id, node_id, locale),
        constraint node_translations_slug_key unique (tenant_id, kind, locale, slug),
        foreign key (tenant_id, node_id, kind) references nodes (tenant_id, id, kind) on delete cascade
      );
      comment on column node_translations.kind is
        'Repeated from the node, bound to it by the foreign key: slugs are unique within a kind and locale.';
      select protect_tenant_rows('node_translations');

      create table bodies (
        tenant_id uuid not null,
        node_id   uuid not null,
        locale    text not null,
        format    text not null check (format in ('markdown', 'html')),
        source    text not null,
        html      text not null,
        primary key (tenant_id, node_id, locale),
        foreign key (tenant_id, node_id, locale)
          references node_translations (tenant_id, node_id, locale) on delete cascade
          deferrable initially deferred
      );
      comment on column bodies.html is 'Rendered and sanitised when written; the only form that leaves the admin side.';
      select protect_tenant_rows('bodies');

      create table node_categories (
        tenant_id   uuid not null,
        node_id     uuid not null,
        category_id uuid not null,
        scope       text not null generated always as ('content') stored,
        primary key (tenant_id, node_id, category_id),
        foreign key (tenant_id, node_id) references nodes (tenant_id, id) on delete cascade,
        constraint node_categories_category_id_fkey foreign key (tenant_id, scope, category_id)
          references categories (tenant_id, scope, id) on delete cascade
      );
      comment on column node_categories.scope is 'Binds it to the site''s categories: the shop''s are not for nodes.';
      create index node_categories_by_category on node_categories (tenant_id, category_id);
      select protect_tenant_rows('node_categories');

      create table node_tags (
        tenant_id uuid not null,
        node_id   uuid not null,
        tag_id    uuid not null,
        scope     text not null generated always as ('content') stored,
        primary key (tenant_id, node_id, tag_id),
        foreign key (tenant_id, node_id) references nodes (tenant_id, id) on delete cascade,
        constraint node_tags_tag_id_fkey foreign key (tenant_id, scope, tag_id)
          references tags (tenant_id, scope, id) on delete cascade
      );
      create index node_tags_by_tag on node_tags (tenant_id, tag_id);
      select protect_tenant_rows('node_tags');`);
  }
}
