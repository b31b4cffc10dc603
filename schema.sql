-- Written by `rustok schema:dump` from the migrated database. Do not edit.

create table authors (
  id uuid not null,
  tenant_id uuid not null,
  handle text not null,
  name text not null,
  bio text,
  avatar_url text,
  revision bigint not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint authors_handle_key UNIQUE (tenant_id, handle),
  constraint authors_pkey PRIMARY KEY (id),
  constraint authors_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint authors_tenant_id_id_key UNIQUE (tenant_id, id)
);
-- row-level security, forced
create policy tenant_rows on authors for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on authors to rustok_app;

create table bodies (
  tenant_id uuid not null,
  node_id uuid not null,
  locale text not null,
  format text not null,
  source text not null,
  html text not null,
  constraint bodies_format_check CHECK ((format = ANY (ARRAY['markdown'::text, 'html'::text]))),
  constraint bodies_pkey PRIMARY KEY (tenant_id, node_id, locale),
  constraint bodies_tenant_id_node_id_locale_fkey FOREIGN KEY (tenant_id, node_id, locale) REFERENCES node_translations(tenant_id, node_id, locale) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
-- row-level security, forced
create policy tenant_rows on bodies for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on bodies to rustok_app;

create table categories (
  id uuid not null,
  tenant_id uuid not null,
  scope text not null,
  parent_id uuid,
  handle text not null,
  "position" integer not null default 0,
  revision bigint not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint categories_check CHECK ((parent_id <> id)),
  constraint categories_handle_key UNIQUE (tenant_id, scope, handle),
  constraint categories_parent_fkey FOREIGN KEY (tenant_id, scope, parent_id) REFERENCES categories(tenant_id, scope, id) ON DELETE RESTRICT,
  constraint categories_pkey PRIMARY KEY (id),
  constraint categories_scope_check CHECK ((scope = ANY (ARRAY['product'::text, 'content'::text]))),
  constraint categories_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint categories_tenant_id_id_key UNIQUE (tenant_id, id),
  constraint categories_tenant_id_scope_id_key UNIQUE (tenant_id, scope, id)
);
CREATE INDEX categories_by_parent ON public.categories USING btree (tenant_id, parent_id);
-- row-level security, forced
create policy tenant_rows on categories for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on categories to rustok_app;

create table category_translations (
  tenant_id uuid not null,
  category_id uuid not null,
  locale text not null,
  name text not null,
  description text,
  constraint category_translations_pkey PRIMARY KEY (tenant_id, category_id, locale),
  constraint category_translations_tenant_id_category_id_fkey FOREIGN KEY (tenant_id, category_id) REFERENCES categories(tenant_id, id) ON DELETE CASCADE
);
-- row-level security, forced
create policy tenant_rows on category_translations for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on category_translations to rustok_app;

create table import_references (
  tenant_id uuid not null,
  source text not null,
  kind text not null,
  external_key text not null,
  entity_id uuid not null,
  checksum text not null,
  imported_at timestamp with time zone not null default now(),
  constraint import_references_kind_check CHECK ((kind = ANY (ARRAY['location'::text, 'author'::text, 'category'::text, 'tag'::text, 'product'::text, 'node'::text]))),
  constraint import_references_pkey PRIMARY KEY (tenant_id, source, kind, external_key),
  constraint import_references_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
-- row-level security, forced
create policy tenant_rows on import_references for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on import_references to rustok_app;

create table index_categories (
  tenant_id uuid not null,
  category_id uuid not null,
  locale text not null,
  revision bigint not null,
  shared_revision bigint not null,
  indexed_at timestamp with time zone not null default now(),
  doc jsonb,
  visible boolean not null generated always as ((doc IS NOT NULL)) stored,
  shown_locale text,
  scope text,
  handle text,
  name text,
  parent_id uuid,
  "position" integer,
  shows uuid[],
  constraint index_categories_check CHECK (((doc IS NOT NULL) OR (num_nonnulls(shown_locale, scope, handle, name) = 0))),
  constraint index_categories_pkey PRIMARY KEY (tenant_id, category_id, locale),
  constraint index_categories_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX index_categories_by_handle ON public.index_categories USING btree (tenant_id, scope, locale, handle) WHERE visible;
CREATE INDEX index_categories_by_scope ON public.index_categories USING btree (tenant_id, scope, locale, "position", category_id) WHERE visible;
CREATE INDEX index_categories_by_shown ON public.index_categories USING gin (shows);
-- row-level security, forced
create policy reader_reads on index_categories for select to rustok_reader using (true) with check ();
create policy tenant_rows on index_categories for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on index_categories to rustok_app;

create table index_content (
  tenant_id uuid not null,
  node_id uuid not null,
  locale text not null,
  revision bigint not null,
  shared_revision bigint not null,
  indexed_at timestamp with time zone not null default now(),
  doc jsonb,
  visible boolean not null generated always as ((doc IS NOT NULL)) stored,
  shown_locale text,
  kind text,
  slug text,
  title text,
  author_handle text,
  category_handles text[],
  tag_handles text[],
  shows uuid[],
  parent_id uuid,
  "position" integer,
  published_at timestamp with time zone,
  created_at timestamp with time zone,
  search tsvector,
  headline tsvector generated always as (ts_filter(search, '{a,b}'::"char"[])) stored,
  constraint index_content_check CHECK (((doc IS NOT NULL) OR (num_nonnulls(shown_locale, kind, slug, title, category_handles, search) = 0))),
  constraint index_content_pkey PRIMARY KEY (tenant_id, node_id, locale),
  constraint index_content_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX index_content_by_parent ON public.index_content USING btree (tenant_id, locale, parent_id, node_id) WHERE visible;
CREATE INDEX index_content_by_published_at ON public.index_content USING btree (tenant_id, locale, kind, published_at, node_id) WHERE visible;
CREATE INDEX index_content_by_shown ON public.index_content USING gin (shows);
CREATE INDEX index_content_by_slug ON public.index_content USING btree (tenant_id, kind, slug, locale) WHERE visible;
CREATE INDEX index_content_by_word ON public.index_content USING gin (tenant_id, locale, search, category_handles, tag_handles) WITH (gin_pending_list_limit='256');
CREATE TRIGGER note_changed_words AFTER UPDATE ON public.index_content REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_words();
CREATE TRIGGER note_new_words AFTER INSERT ON public.index_content REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_words();
-- row-level security, forced
create policy reader_reads on index_content for select to rustok_reader using (true) with check ();
create policy tenant_rows on index_content for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on index_content to rustok_app;

create table index_products (
  tenant_id uuid not null,
  product_id uuid not null,
  locale text not null,
  revision bigint not null,
  shared_revision bigint not null,
  indexed_at timestamp with time zone not null default now(),
  doc jsonb,
  visible boolean not null generated always as ((doc IS NOT NULL)) stored,
  shown_locale text,
  handle text,
  title text,
  vendor text,
  product_type text,
  category_handles text[],
  tag_handles text[],
  option_values text[],
  shows uuid[],
  in_stock boolean,
  prices jsonb,
  published_at timestamp with time zone,
  created_at timestamp with time zone,
  search tsvector,
  headline tsvector generated always as (ts_filter(search, '{a,b}'::"char"[])) stored,
  constraint index_products_check CHECK (((doc IS NOT NULL) OR (num_nonnulls(shown_locale, handle, title, category_handles, prices, search) = 0))),
  constraint index_products_pkey PRIMARY KEY (tenant_id, product_id, locale),
  constraint index_products_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX index_products_by_handle ON public.index_products USING btree (tenant_id, handle, locale) WHERE visible;
CREATE INDEX index_products_by_published_at ON public.index_products USING btree (tenant_id, locale, published_at, product_id) WHERE visible;
CREATE INDEX index_products_by_shown ON public.index_products USING gin (shows);
CREATE INDEX index_products_by_title ON public.index_products USING btree (tenant_id, locale, title, product_id) WHERE visible;
CREATE INDEX index_products_by_word ON public.index_products USING gin (tenant_id, locale, search, category_handles, tag_handles) WITH (gin_pending_list_limit='256');
CREATE TRIGGER note_changed_words AFTER UPDATE ON public.index_products REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_words();
CREATE TRIGGER note_new_words AFTER INSERT ON public.index_products REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_words();
-- row-level security, forced
create policy reader_reads on index_products for select to rustok_reader using (true) with check ();
create policy tenant_rows on index_products for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on index_products to rustok_app;

create table index_words (
  tenant_id uuid not null,
  locale text not null,
  word text not null,
  stem text not null,
  constraint index_words_pkey PRIMARY KEY (tenant_id, locale, word, stem),
  constraint index_words_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX index_words_by_stem ON public.index_words USING btree (tenant_id, locale, stem);
CREATE INDEX index_words_by_trigram ON public.index_words USING gin (tenant_id, locale, word gin_trgm_ops);
-- row-level security, forced
create policy reader_reads on index_words for select to rustok_reader using (true) with check ();
create policy tenant_rows on index_words for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on index_words to rustok_app;

create table inventory_levels (
  tenant_id uuid not null,
  variant_id uuid not null,
  location_id uuid not null,
  quantity integer not null,
  constraint inventory_levels_pkey PRIMARY KEY (tenant_id, variant_id, location_id),
  constraint inventory_levels_tenant_id_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES stock_locations(tenant_id, id) ON DELETE RESTRICT,
  constraint inventory_levels_tenant_id_variant_id_fkey FOREIGN KEY (tenant_id, variant_id) REFERENCES product_variants(tenant_id, id) ON DELETE CASCADE
);
-- row-level security, forced
create policy tenant_rows on inventory_levels for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on inventory_levels to rustok_app;

create table node_categories (
  tenant_id uuid not null,
  node_id uuid not null,
  category_id uuid not null,
  scope text not null generated always as ('content'::text) stored,
  constraint node_categories_category_id_fkey FOREIGN KEY (tenant_id, scope, category_id) REFERENCES categories(tenant_id, scope, id) ON DELETE CASCADE,
  constraint node_categories_pkey PRIMARY KEY (tenant_id, node_id, category_id),
  constraint node_categories_tenant_id_node_id_fkey FOREIGN KEY (tenant_id, node_id) REFERENCES nodes(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX node_categories_by_category ON public.node_categories USING btree (tenant_id, category_id);
-- row-level security, forced
create policy tenant_rows on node_categories for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on node_categories to rustok_app;

create table node_tags (
  tenant_id uuid not null,
  node_id uuid not null,
  tag_id uuid not null,
  scope text not null generated always as ('content'::text) stored,
  constraint node_tags_pkey PRIMARY KEY (tenant_id, node_id, tag_id),
  constraint node_tags_tag_id_fkey FOREIGN KEY (tenant_id, scope, tag_id) REFERENCES tags(tenant_id, scope, id) ON DELETE CASCADE,
  constraint node_tags_tenant_id_node_id_fkey FOREIGN KEY (tenant_id, node_id) REFERENCES nodes(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX node_tags_by_tag ON public.node_tags USING btree (tenant_id, tag_id);
-- row-level security, forced
create policy tenant_rows on node_tags for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on node_tags to rustok_app;

create table node_translations (
  tenant_id uuid not null,
  node_id uuid not null,
  kind text not null,
  locale text not null,
  slug text not null,
  title text not null,
  excerpt text,
  seo_title text,
  seo_description text,
  constraint node_translations_pkey PRIMARY KEY (tenant_id, node_id, locale),
  constraint node_translations_slug_key UNIQUE (tenant_id, kind, locale, slug),
  constraint node_translations_tenant_id_node_id_kind_fkey FOREIGN KEY (tenant_id, node_id, kind) REFERENCES nodes(tenant_id, id, kind) ON DELETE CASCADE
);
-- row-level security, forced
create policy tenant_rows on node_translations for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on node_translations to rustok_app;

create table nodes (
  id uuid not null,
  tenant_id uuid not null,
  kind text not null,
  status text not null default 'draft'::text,
  parent_id uuid,
  author_id uuid,
  fields jsonb not null default '{}'::jsonb,
  "position" integer not null default 0,
  revision bigint not null default 1,
  published_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint nodes_author_id_fkey FOREIGN KEY (tenant_id, author_id) REFERENCES authors(tenant_id, id) ON DELETE RESTRICT,
  constraint nodes_check CHECK ((parent_id <> id)),
  constraint nodes_fields_check CHECK ((jsonb_typeof(fields) = 'object'::text)),
  constraint nodes_kind_check CHECK ((kind ~ '^[a-z][a-z0-9-]{0,62}$'::text)),
  constraint nodes_parent_id_fkey FOREIGN KEY (tenant_id, parent_id) REFERENCES nodes(tenant_id, id) ON DELETE RESTRICT,
  constraint nodes_pkey PRIMARY KEY (id),
  constraint nodes_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'published'::text]))),
  constraint nodes_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint nodes_tenant_id_id_key UNIQUE (tenant_id, id),
  constraint nodes_tenant_id_id_kind_key UNIQUE (tenant_id, id, kind)
);
CREATE INDEX nodes_by_author ON public.nodes USING btree (tenant_id, author_id);
CREATE INDEX nodes_by_kind ON public.nodes USING btree (tenant_id, kind, id);
CREATE INDEX nodes_by_parent ON public.nodes USING btree (tenant_id, parent_id);
-- row-level security, forced
create policy tenant_rows on nodes for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on nodes to rustok_app;

create table prices (
  tenant_id uuid not null,
  variant_id uuid not null,
  currency character(3) not null,
  amount bigint not null,
  compare_at_amount bigint,
  constraint prices_amount_check CHECK ((amount >= 0)),
  constraint prices_check CHECK ((compare_at_amount > amount)),
  constraint prices_pkey PRIMARY KEY (tenant_id, variant_id, currency),
  constraint prices_tenant_id_variant_id_fkey FOREIGN KEY (tenant_id, variant_id) REFERENCES product_variants(tenant_id, id) ON DELETE CASCADE
);
-- row-level security, forced
create policy tenant_rows on prices for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on prices to rustok_app;

create table product_categories (
  tenant_id uuid not null,
  product_id uuid not null,
  category_id uuid not null,
  scope text not null generated always as ('product'::text) stored,
  constraint product_categories_category_id_fkey FOREIGN KEY (tenant_id, scope, category_id) REFERENCES categories(tenant_id, scope, id) ON DELETE CASCADE,
  constraint product_categories_pkey PRIMARY KEY (tenant_id, product_id, category_id),
  constraint product_categories_tenant_id_product_id_fkey FOREIGN KEY (tenant_id, product_id) REFERENCES products(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX product_categories_by_category ON public.product_categories USING btree (tenant_id, category_id);
-- row-level security, forced
create policy tenant_rows on product_categories for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on product_categories to rustok_app;

create table product_images (
  id uuid not null,
  tenant_id uuid not null,
  product_id uuid not null,
  url text not null,
  alt text,
  "position" integer not null,
  constraint product_images_pkey PRIMARY KEY (id),
  constraint product_images_tenant_id_product_id_fkey FOREIGN KEY (tenant_id, product_id) REFERENCES products(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX product_images_by_product ON public.product_images USING btree (tenant_id, product_id);
-- row-level security, forced
create policy tenant_rows on product_images for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on product_images to rustok_app;

create table product_options (
  id uuid not null,
  tenant_id uuid not null,
  product_id uuid not null,
  name text not null,
  "position" integer not null,
  constraint product_options_name_key UNIQUE (tenant_id, product_id, name) DEFERRABLE INITIALLY DEFERRED,
  constraint product_options_pkey PRIMARY KEY (id),
  constraint product_options_tenant_id_id_key UNIQUE (tenant_id, id),
  constraint product_options_tenant_id_product_id_fkey FOREIGN KEY (tenant_id, product_id) REFERENCES products(tenant_id, id) ON DELETE CASCADE
);
-- row-level security, forced
create policy tenant_rows on product_options for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on product_options to rustok_app;

create table product_tags (
  tenant_id uuid not null,
  product_id uuid not null,
  tag_id uuid not null,
  scope text not null generated always as ('product'::text) stored,
  constraint product_tags_pkey PRIMARY KEY (tenant_id, product_id, tag_id),
  constraint product_tags_tag_id_fkey FOREIGN KEY (tenant_id, scope, tag_id) REFERENCES tags(tenant_id, scope, id) ON DELETE CASCADE,
  constraint product_tags_tenant_id_product_id_fkey FOREIGN KEY (tenant_id, product_id) REFERENCES products(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX product_tags_by_tag ON public.product_tags USING btree (tenant_id, tag_id);
-- row-level security, forced
create policy tenant_rows on product_tags for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on product_tags to rustok_app;

create table product_translations (
  tenant_id uuid not null,
  product_id uuid not null,
  locale text not null,
  title text not null,
  description text not null default ''::text,
  seo_title text,
  seo_description text,
  constraint product_translations_pkey PRIMARY KEY (tenant_id, product_id, locale),
  constraint product_translations_tenant_id_product_id_fkey FOREIGN KEY (tenant_id, product_id) REFERENCES products(tenant_id, id) ON DELETE CASCADE
);
-- row-level security, forced
create policy tenant_rows on product_translations for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on product_translations to rustok_app;

create table product_variants (
  id uuid not null,
  tenant_id uuid not null,
  product_id uuid not null,
  sku text,
  barcode text,
  weight_grams integer,
  "position" integer not null default 0,
  constraint product_variants_pkey PRIMARY KEY (id),
  constraint product_variants_sku_key UNIQUE (tenant_id, sku) DEFERRABLE INITIALLY DEFERRED,
  constraint product_variants_tenant_id_id_key UNIQUE (tenant_id, id),
  constraint product_variants_tenant_id_product_id_fkey FOREIGN KEY (tenant_id, product_id) REFERENCES products(tenant_id, id) ON DELETE CASCADE,
  constraint product_variants_weight_grams_check CHECK ((weight_grams >= 0))
);
CREATE INDEX product_variants_by_product ON public.product_variants USING btree (tenant_id, product_id);
-- row-level security, forced
create policy tenant_rows on product_variants for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on product_variants to rustok_app;

create table products (
  id uuid not null,
  tenant_id uuid not null,
  handle text not null,
  status text not null default 'draft'::text,
  vendor text,
  product_type text,
  revision bigint not null default 1,
  published_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint products_handle_key UNIQUE (tenant_id, handle),
  constraint products_pkey PRIMARY KEY (id),
  constraint products_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'published'::text]))),
  constraint products_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint products_tenant_id_id_key UNIQUE (tenant_id, id)
);
-- row-level security, forced
create policy tenant_rows on products for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on products to rustok_app;

create table stock_locations (
  id uuid not null,
  tenant_id uuid not null,
  handle text not null,
  name text not null,
  created_at timestamp with time zone not null default now(),
  constraint stock_locations_handle_key UNIQUE (tenant_id, handle),
  constraint stock_locations_pkey PRIMARY KEY (id),
  constraint stock_locations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint stock_locations_tenant_id_id_key UNIQUE (tenant_id, id)
);
-- row-level security, forced
create policy tenant_rows on stock_locations for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on stock_locations to rustok_app;

create table sys_events (
  id uuid not null,
  tenant_id uuid not null,
  type text not null,
  version integer not null,
  aggregate_id uuid not null,
  revision bigint not null,
  payload jsonb not null,
  actor_id uuid,
  request_id text,
  occurred_at timestamp with time zone not null default now(),
  dispatched_at timestamp with time zone,
  constraint sys_events_pkey PRIMARY KEY (id)
);
CREATE INDEX sys_events_by_aggregate ON public.sys_events USING btree (tenant_id, aggregate_id);
CREATE INDEX sys_events_undispatched ON public.sys_events USING btree (id) WHERE (dispatched_at IS NULL);
-- row-level security, forced
create policy relay_marks on sys_events for update to rustok_relay using (true) with check (true);
create policy relay_reads on sys_events for select to rustok_relay using (true) with check ();
create policy tenant_rows on sys_events for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant insert, select on sys_events to rustok_app;

create table tags (
  id uuid not null,
  tenant_id uuid not null,
  scope text not null,
  handle text not null,
  name text not null,
  revision bigint not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint tags_handle_key UNIQUE (tenant_id, scope, handle),
  constraint tags_pkey PRIMARY KEY (id),
  constraint tags_scope_check CHECK ((scope = ANY (ARRAY['product'::text, 'content'::text]))),
  constraint tags_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint tags_tenant_id_id_key UNIQUE (tenant_id, id),
  constraint tags_tenant_id_scope_id_key UNIQUE (tenant_id, scope, id)
);
-- row-level security, forced
create policy tenant_rows on tags for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on tags to rustok_app;

create table tenant_domains (
  host text not null,
  tenant_id uuid not null,
  constraint tenant_domains_host_check CHECK ((host = lower(host))),
  constraint tenant_domains_host_key PRIMARY KEY (host),
  constraint tenant_domains_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX tenant_domains_by_tenant ON public.tenant_domains USING btree (tenant_id);
-- row-level security, forced
create policy reader_reads on tenant_domains for select to rustok_reader using (true) with check ();
create policy tenant_rows on tenant_domains for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on tenant_domains to rustok_app;

create table tenants (
  id uuid not null,
  slug text not null,
  name text not null,
  default_locale text not null,
  locales text[] not null,
  default_currency character(3) not null,
  currencies character(3)[] not null,
  shared_revision bigint not null default 1,
  created_at timestamp with time zone not null default now(),
  constraint tenants_check CHECK ((default_locale = ANY (locales))),
  constraint tenants_check1 CHECK ((default_currency = ANY (currencies))),
  constraint tenants_pkey PRIMARY KEY (id),
  constraint tenants_slug_check CHECK (((slug ~ '^[a-z0-9](-?[a-z0-9])*$'::text) AND (length(slug) <= 63))),
  constraint tenants_slug_key UNIQUE (slug)
);
-- row-level security, forced
create policy own_tenant on tenants for all to rustok_app using ((id = current_tenant())) with check ((id = current_tenant()));
create policy reader_reads on tenants for select to rustok_reader using (true) with check ();
grant delete, insert, select, update on tenants to rustok_app;

create table tombstones (
  tenant_id uuid not null,
  aggregate_id uuid not null,
  kind text not null,
  revision bigint not null,
  deleted_at timestamp with time zone not null default now(),
  constraint tombstones_pkey PRIMARY KEY (tenant_id, aggregate_id)
);
-- row-level security, forced
create policy tenant_rows on tombstones for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on tombstones to rustok_app;

create table users (
  id uuid not null,
  tenant_id uuid not null,
  email text not null,
  name text not null,
  role text not null,
  password_hash text not null,
  created_at timestamp with time zone not null default now(),
  constraint users_pkey PRIMARY KEY (id),
  constraint users_role_check CHECK ((role = ANY (ARRAY['administrator'::text, 'editor'::text]))),
  constraint users_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint users_tenant_id_id_key UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX users_email ON public.users USING btree (tenant_id, lower(email));
-- row-level security, forced
create policy tenant_rows on users for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on users to rustok_app;

create table variant_options (
  tenant_id uuid not null,
  variant_id uuid not null,
  option_id uuid not null,
  value text not null,
  constraint variant_options_pkey PRIMARY KEY (tenant_id, variant_id, option_id),
  constraint variant_options_tenant_id_option_id_fkey FOREIGN KEY (tenant_id, option_id) REFERENCES product_options(tenant_id, id) ON DELETE CASCADE,
  constraint variant_options_tenant_id_variant_id_fkey FOREIGN KEY (tenant_id, variant_id) REFERENCES product_variants(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX variant_options_by_option ON public.variant_options USING btree (tenant_id, option_id);
-- row-level security, forced
create policy tenant_rows on variant_options for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on variant_options to rustok_app;

create table variant_translations (
  tenant_id uuid not null,
  variant_id uuid not null,
  locale text not null,
  title text not null,
  constraint variant_translations_pkey PRIMARY KEY (tenant_id, variant_id, locale),
  constraint variant_translations_tenant_id_variant_id_fkey FOREIGN KEY (tenant_id, variant_id) REFERENCES product_variants(tenant_id, id) ON DELETE CASCADE
);
-- row-level security, forced
create policy tenant_rows on variant_translations for all to rustok_app using ((tenant_id = current_tenant())) with check ((tenant_id = current_tenant()));
grant delete, insert, select, update on variant_translations to rustok_app;

CREATE OR REPLACE FUNCTION public.all_tenant_ids()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT tenants.id
    FROM tenants
   ORDER BY tenants.id;
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.cjk_bigrams(given text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN (SELECT string_agg(CASE WHEN ((length(run.run) > 1) AND (run.run ~ '[぀-ヿ㐀-鿿豈-﫿]'::text)) THEN (SELECT string_agg(substr(run.run, i.i, 2), ' '::text ORDER BY i.i) AS string_agg FROM generate_series(1, (length(run.run) - 1)) i(i)) ELSE run.run END, ' '::text ORDER BY piece.place) AS string_agg FROM regexp_matches(cjk_bigrams.given, '[぀-ヿ㐀-鿿豈-﫿]+|[^぀-ヿ㐀-鿿豈-﫿]+'::text, 'g'::text) WITH ORDINALITY piece(parts, place), LATERAL unnest(piece.parts) run(run));

CREATE OR REPLACE FUNCTION public.current_tenant()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('rustok.tenant'::text, true), ''::text))::uuid;

CREATE OR REPLACE FUNCTION public.find_tenant(by_id uuid, by_slug text, by_host text)
 RETURNS SETOF tenants
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT t.id,
     t.slug,
     t.name,
     t.default_locale,
     t.locales,
     t.default_currency,
     t.currencies,
     t.shared_revision,
     t.created_at
    FROM tenants t
   WHERE ((t.id = find_tenant.by_id) OR (t.slug = find_tenant.by_slug) OR (t.id = ( SELECT d.tenant_id
            FROM tenant_domains d
           WHERE (d.host = find_tenant.by_host))));
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.iso8601(moment timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN to_char((moment AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'::text);

CREATE OR REPLACE FUNCTION public.joined_words(given text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN (SELECT string_agg(replace(word.word[1], '-'::text, ''::text), ' '::text) AS string_agg FROM regexp_matches(joined_words.given, '[[:alnum:]]+(?:-[[:alnum:]]+)+'::text, 'g'::text) word(word));

CREATE OR REPLACE FUNCTION public.locale_rank(offered text, wanted text, fallback text)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE offered WHEN wanted THEN 0 WHEN fallback THEN 1 ELSE 2 END;

CREATE OR REPLACE FUNCTION public.matching_content(of_tenant uuid, asked content_search)
 RETURNS SETOF index_content
 LANGUAGE sql
 STABLE PARALLEL SAFE
BEGIN ATOMIC
 SELECT r.tenant_id,
     r.node_id,
     r.locale,
     r.revision,
     r.shared_revision,
     r.indexed_at,
     r.doc,
     r.visible,
     r.shown_locale,
     r.kind,
     r.slug,
     r.title,
     r.author_handle,
     r.category_handles,
     r.tag_handles,
     r.shows,
     r.parent_id,
     r."position",
     r.published_at,
     r.created_at,
     r.search,
     r.headline
    FROM index_content r
   WHERE ((r.tenant_id = matching_content.of_tenant) AND (r.locale = (matching_content.asked).locale) AND r.visible AND (((matching_content.asked).category_any IS NULL) OR (r.category_handles && (matching_content.asked).category_any)) AND (((matching_content.asked).category_all IS NULL) OR (r.category_handles @> (matching_content.asked).category_all)) AND (((matching_content.asked).tag_any IS NULL) OR (r.tag_handles && (matching_content.asked).tag_any)) AND (((matching_content.asked).tag_all IS NULL) OR (r.tag_handles @> (matching_content.asked).tag_all)) AND (((matching_content.asked).kinds IS NULL) OR (r.kind = ANY ((matching_content.asked).kinds))) AND (((matching_content.asked).authors IS NULL) OR (r.author_handle = ANY ((matching_content.asked).authors))) AND (((matching_content.asked).published_gte IS NULL) OR (r.published_at >= (matching_content.asked).published_gte)) AND (((matching_content.asked).published_lte IS NULL) OR (r.published_at <= (matching_content.asked).published_lte)));
END;

CREATE OR REPLACE FUNCTION public.matching_products(of_tenant uuid, asked products_search)
 RETURNS SETOF index_products
 LANGUAGE sql
 STABLE PARALLEL SAFE
BEGIN ATOMIC
 SELECT r.tenant_id,
     r.product_id,
     r.locale,
     r.revision,
     r.shared_revision,
     r.indexed_at,
     r.doc,
     r.visible,
     r.shown_locale,
     r.handle,
     r.title,
     r.vendor,
     r.product_type,
     r.category_handles,
     r.tag_handles,
     r.option_values,
     r.shows,
     r.in_stock,
     r.prices,
     r.published_at,
     r.created_at,
     r.search,
     r.headline
    FROM index_products r
   WHERE ((r.tenant_id = matching_products.of_tenant) AND (r.locale = (matching_products.asked).locale) AND r.visible AND (((matching_products.asked).category_any IS NULL) OR (r.category_handles && (matching_products.asked).category_any)) AND (((matching_products.asked).category_all IS NULL) OR (r.category_handles @> (matching_products.asked).category_all)) AND (((matching_products.asked).tag_any IS NULL) OR (r.tag_handles && (matching_products.asked).tag_any)) AND (((matching_products.asked).tag_all IS NULL) OR (r.tag_handles @> (matching_products.asked).tag_all)) AND (((matching_products.asked).vendors IS NULL) OR (r.vendor = ANY ((matching_products.asked).vendors))) AND (((matching_products.asked).product_types IS NULL) OR (r.product_type = ANY ((matching_products.asked).product_types))) AND (((matching_products.asked).in_stock IS NULL) OR (r.in_stock = (matching_products.asked).in_stock)) AND (((matching_products.asked).price_gte IS NULL) OR (((r.prices #>> ARRAY[(matching_products.asked).currency, 'min'::text]))::bigint >= (matching_products.asked).price_gte)) AND (((matching_products.asked).price_lte IS NULL) OR (((r.prices #>> ARRAY[(matching_products.asked).currency, 'min'::text]))::bigint <= (matching_products.asked).price_lte)) AND (((matching_products.asked).options IS NULL) OR (NOT (EXISTS ( SELECT
            FROM generate_subscripts((matching_products.asked).options, 1) i(i)
           WHERE (NOT (r.option_values && (matching_products.asked).options[i.i:i.i])))))));
END;

CREATE OR REPLACE FUNCTION public.misspelt_words(of_tenant uuid, in_locale text, typed text, unfinished boolean)
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
 SET "pg_trgm.similarity_threshold" TO '0.3'
 SET enable_seqscan TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
      declare
        typos constant integer := case when length(typed) >= 9 then 2 when length(typed) >= 5 then 1 else 0 end;
        swapped constant text[] := transposed(typed);
        swapped_twice text[] := '{}';
        beginning constant text := left(typed, 3);
      begin
        if typos = 0 then
          return '{}';
        elsif typos = 2 then
          -- Two letters wrong of nine leave a similarity of 0.176 at the least.
          perform set_config('pg_trgm.similarity_threshold', '0.17', true);
          swapped_twice := array(select unnest(transposed(once)) from unnest(swapped) once);
        end if;
        return array(
          select word from index_words
          where tenant_id = of_tenant and locale = in_locale and word % typed
            and length(word) between length(typed) - typos and length(typed) + typos
            and levenshtein_less_equal(typed, word, typos + 1) <= typos + 1
            and (levenshtein_less_equal(typed, word, typos) <= typos
              or exists (
                select from unnest(swapped) near
                where levenshtein_less_equal(near, word, typos - 1) < typos))
          union
          select word from index_words
          where tenant_id = of_tenant and locale = in_locale and word = any (swapped || swapped_twice)
          union
          (select word from index_words
          where unfinished and tenant_id = of_tenant and locale = in_locale
            and word between beginning and beginning || U&'\+10FFFF'
            and exists (
              select from generate_series(-1, 1) more
              where levenshtein_less_equal(left(word, length(typed) + more), typed, 1) <= 1)
          order by word
          limit 50));
      end $function$;

CREATE OR REPLACE FUNCTION public.note_words()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        insert into index_words (tenant_id, locale, word, stem)
        select tenant_id, locale, word, coalesce(word_stem(search_config(shown_locale), word), word)
        from (
          select distinct tenant_id, locale, shown_locale, word
          from fresh, unnest(tsvector_to_array(search)) as word
        ) found
        where length(word) between 2 and 40
          and word !~ '[0-9]'
          and not exists (
            select from index_words known
            where known.tenant_id = found.tenant_id and known.locale = found.locale and known.word = found.word)
        order by tenant_id, locale, word, 4
        on conflict do nothing;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION public.one_of(words text[], beginning text)
 RETURNS tsquery
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((SELECT string_agg(choice.word, ' | '::text) AS string_agg FROM (SELECT quoted_word(word.word) AS quoted_word FROM unnest(one_of.words) word(word) UNION ALL SELECT (quoted_word(one_of.beginning) || ':*'::text)) choice(word)))::tsquery;

CREATE OR REPLACE FUNCTION public.project_categories(category_ids uuid[])
 RETURNS TABLE(tenant_id uuid, category_id uuid, locale text, revision bigint, shared_revision bigint, doc jsonb, shown_locale text, scope text, handle text, name text, parent_id uuid, "position" integer, shows uuid[])
 LANGUAGE plpgsql
 STABLE
 SET plan_cache_mode TO 'force_generic_plan'
 SET join_collapse_limit TO '1'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
      #variable_conflict use_column
      begin
        return query
        select known.tenant_id, known.id, wanted.locale, known.revision, tenant.shared_revision, document.*
        from (
          select tenant_id, id, revision from categories where id = any (category_ids)
          union all
          select tenant_id, aggregate_id, revision from tombstones
          where kind = 'category' and aggregate_id = any (category_ids)
        ) known
        join tenants tenant on tenant.id = known.tenant_id
        cross join unnest(tenant.locales) as wanted (locale)
        left join lateral (
          select
            json_build_object(
              'id', category.id,
              'revision', category.revision,
              'locale', texts.locale,
              'scope', category.scope,
              'handle', category.handle,
              'name', texts.name,
              'description', texts.description,
              'parentId', category.parent_id,
              'position', category.position,
              'breadcrumb', path.list -> 0 -> 'breadcrumb')::jsonb,
            texts.locale, category.scope, category.handle, texts.name, category.parent_id, category.position,
            array_remove(path.ids, category.id)
          from categories category
          cross join lateral (
            select * from category_translations t
            where t.category_id = category.id
            order by locale_rank(t.locale, wanted.locale, tenant.default_locale), t.locale
            limit 1
          ) texts
          cross join shown_categories(array[category.id], wanted.locale, tenant.default_locale) path
          where category.id = known.id
        ) document on true
        order by known.id, wanted.locale;
      end $function$;

CREATE OR REPLACE FUNCTION public.project_content(node_ids uuid[])
 RETURNS TABLE(tenant_id uuid, node_id uuid, locale text, revision bigint, shared_revision bigint, doc jsonb, shown_locale text, kind text, slug text, title text, author_handle text, category_handles text[], tag_handles text[], shows uuid[], parent_id uuid, "position" integer, published_at timestamp with time zone, created_at timestamp with time zone, search tsvector)
 LANGUAGE plpgsql
 STABLE
 SET plan_cache_mode TO 'force_generic_plan'
 SET join_collapse_limit TO '1'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
      #variable_conflict use_column
      begin
        return query
        select known.tenant_id, known.id, wanted.locale, known.revision, tenant.shared_revision, document.*
        from (
          select tenant_id, id, revision from nodes where id = any (node_ids)
          union all
          select tenant_id, aggregate_id, revision from tombstones
          where kind = 'node' and aggregate_id = any (node_ids)
        ) known
        join tenants tenant on tenant.id = known.tenant_id

        -- What is the same in every locale.
        left join nodes node on node.id = known.id and node.status = 'published'
        left join authors author on author.id = node.author_id
        cross join lateral (
          select json_agg(json_build_object('locale', locale, 'slug', slug) order by locale) as list
          from node_translations
          where node_id = node.id and locale = any (tenant.locales)
        ) alternates
        cross join lateral (
          select array_agg(category_id order by category_id) as ids
          from node_categories
          where node_id = node.id
        ) assigned
        cross join lateral (
          select array_agg(tag_id order by tag_id) as ids
          from node_tags
          where node_id = node.id
        ) carried
        cross join shown_tags(carried.ids) tags

        cross join unnest(tenant.locales) as wanted (locale)
        left join lateral (
          select
            json_build_object(
              'id', node.id,
              'revision', node.revision,
              'locale', texts.locale,
              'kind', node.kind,
              'slug', texts.slug,
              'alternates', coalesce(alternates.list, '[]'),
              'title', texts.title,
              'excerpt', texts.excerpt,
              'html', coalesce(body.html, ''),
              -- Of the parent no more than its id: its title is another node's, and this revision knows nothing of it.
              'parentId', node.parent_id,
              'position', node.position,
              'fields', node.fields,
              'publishedAt', iso8601(node.published_at),
              'createdAt', iso8601(node.created_at),
              'updatedAt', iso8601(node.updated_at),
              'seo', json_build_object('title', texts.seo_title, 'description', texts.seo_description),
              'author', case when author.id is not null then json_build_object(
                'handle', author.handle, 'name', author.name, 'bio', author.bio, 'avatarUrl', author.avatar_url) end,
              'categories', coalesce(categories.list, '[]'),
              'tags', coalesce(tags.list, '[]'))::jsonb,
            texts.locale, node.kind, texts.slug, texts.title, author.handle,
            coalesce(categories.handles, '{}'),
            coalesce(tags.handles, '{}'),
            array_remove(coalesce(categories.ids, '{}') || coalesce(tags.ids, '{}') || author.id, null),
            node.parent_id, node.position, node.published_at, node.created_at,
            search_vector(
              wanted.locale,
              texts.title,
              concat_ws(' ', author.name, categories.words, tags.words),
              texts.excerpt,
              body.html)
          from (
            select * from node_translations t
            where t.node_id = node.id
            order by locale_rank(t.locale, wanted.locale, tenant.default_locale), t.locale
            limit 1
          ) texts
          left join bodies body on body.node_id = texts.node_id and body.locale = texts.locale
          cross join shown_categories(assigned.ids, wanted.locale, tenant.default_locale) categories
        ) document on true
        order by known.id, wanted.locale;
      end $function$;

CREATE OR REPLACE FUNCTION public.project_products(product_ids uuid[])
 RETURNS TABLE(tenant_id uuid, product_id uuid, locale text, revision bigint, shared_revision bigint, doc jsonb, shown_locale text, handle text, title text, vendor text, product_type text, category_handles text[], tag_handles text[], option_values text[], shows uuid[], in_stock boolean, prices jsonb, published_at timestamp with time zone, created_at timestamp with time zone, search tsvector)
 LANGUAGE plpgsql
 STABLE
 SET plan_cache_mode TO 'force_generic_plan'
 SET join_collapse_limit TO '1'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
      #variable_conflict use_column
      begin
        return query
        select known.tenant_id, known.id, wanted.locale, known.revision, tenant.shared_revision, document.*
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

        cross join unnest(tenant.locales) as wanted (locale)
        left join lateral (
          select
            json_build_object(
              'id', product.id,
              'revision', product.revision,
              'locale', texts.locale,
              'handle', product.handle,
              'title', texts.title,
              'description', texts.description,
              'vendor', product.vendor,
              'productType', product.product_type,
              'publishedAt', iso8601(product.published_at),
              'createdAt', iso8601(product.created_at),
              'updatedAt', iso8601(product.updated_at),
              'seo', json_build_object('title', texts.seo_title, 'description', texts.seo_description),
              'options', coalesce(options.list, '[]'),
              'variants', coalesce(titled.variants, '[]'),
              'priceRanges', coalesce(price_ranges.list, '[]'),
              'images', coalesce(images.list, '[]'),
              'categories', coalesce(categories.list, '[]'),
              'tags', coalesce(tags.list, '[]'))::jsonb,
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
            select jsonb_agg(facts || jsonb_build_object('title', translation.title) order by place) as variants
            from unnest(variants.ids, variants.list) with ordinality as v (id, facts, place)
            left join lateral (
              select t.title from variant_translations t
              where t.variant_id = v.id
              order by locale_rank(t.locale, wanted.locale, tenant.default_locale), t.locale
              limit 1
            ) translation on true
          ) titled
          cross join shown_categories(assigned.ids, wanted.locale, tenant.default_locale) categories
        ) document on true
        order by known.id, wanted.locale;
      end $function$;

CREATE OR REPLACE FUNCTION public.protect_tenant_rows(owned regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
      begin
        execute format('alter table %s enable row level security', owned);
        execute format('alter table %s force row level security', owned);
        execute format(
          'create policy tenant_rows on %s to rustok_app using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
          owned);
        execute format('grant select, insert, update, delete on %s to rustok_app', owned);
      end $function$;

CREATE OR REPLACE FUNCTION public.quoted_word(word text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN concat('''', replace(replace(word, '\'::text, '\\'::text), ''''::text, ''''''::text), '''');

CREATE OR REPLACE FUNCTION public.search_config(locale text)
 RETURNS regconfig
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN CASE split_part(lower(locale), '-'::text, 1) WHEN 'da'::text THEN 'rustok_danish'::regconfig WHEN 'de'::text THEN 'rustok_german'::regconfig WHEN 'en'::text THEN 'rustok_english'::regconfig WHEN 'es'::text THEN 'rustok_spanish'::regconfig WHEN 'fi'::text THEN 'rustok_finnish'::regconfig WHEN 'fr'::text THEN 'rustok_french'::regconfig WHEN 'hu'::text THEN 'rustok_hungarian'::regconfig WHEN 'it'::text THEN 'rustok_italian'::regconfig WHEN 'nl'::text THEN 'rustok_dutch'::regconfig WHEN 'no'::text THEN 'rustok_norwegian'::regconfig WHEN 'pt'::text THEN 'rustok_portuguese'::regconfig WHEN 'ro'::text THEN 'rustok_romanian'::regconfig WHEN 'ru'::text THEN 'rustok_russian'::regconfig WHEN 'sv'::text THEN 'rustok_swedish'::regconfig WHEN 'tr'::text THEN 'rustok_turkish'::regconfig ELSE 'rustok_words'::regconfig END;

CREATE OR REPLACE FUNCTION public.search_content(of_tenant uuid, request jsonb)
 RETURNS json
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_custom_plan'
 SET enable_seqscan TO 'off'
 SET jit TO 'off'
 SET work_mem TO '32MB'
AS $function$
      declare
        asked content_search := jsonb_populate_record(null::content_search, request);
        browsing constant boolean := coalesce(asked.query, '') ~ '^\s*$';
        finders tsquery[];
        rankers tsquery[];
        forgiving boolean := false;
        total bigint;
        answer json;
      begin
        loop
          select level.finders, level.rankers into finders, rankers
          from search_levels(of_tenant, asked.locale, asked.query, forgiving) level;

          with hit as materialized (
            select r.node_id as id, r.category_handles, r.tag_handles, r.kind, r.author_handle,
              case asked.sort
                when 'relevance' then
                  r.level - ts_rank('{0, 0, 0.3, 1}', r.headline, r.ranker) * (1 - least(length(r.title), 200) / 1000::double precision)
                when 'newest' then -extract(epoch from r.published_at)
                when 'oldest' then extract(epoch from r.published_at)
                else 0
              end::double precision as number,
              case asked.sort when 'title' then r.title else '' end as words
            from (
              select wanted.level, wanted.ranker, m.*
              from unnest(finders, rankers) with ordinality as wanted (finder, ranker, level)
              join matching_content(of_tenant, asked) m on m.search @@ wanted.finder
              union all
              select 0, null, m.* from matching_content(of_tenant, asked) m where browsing
            ) r
          ),
          page as (
            (select node_id as id, -extract(epoch from published_at)::double precision as number, '' as words
            from matching_content(of_tenant, asked)
            where browsing and asked.sort = 'newest'
              and (asked.after_id is null or (published_at, node_id) < (to_timestamp(-asked.after_number), asked.after_id))
            order by published_at desc, node_id desc
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
          counted as (
            select 'categories' as facet, entry, hits, (
                select name from index_categories
                where tenant_id = of_tenant and scope = 'content' and locale = asked.locale
                  and handle = entry and visible limit 1) as label
            from (
              select entry, count(*) as hits, any_value(id) as example
              from (select unnest(category_handles) as entry, id from hit where 'categories' = any (asked.facets)) carried
              where entry is not null
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent
            union all
            select 'tags' as facet, entry, hits, (
                select tag ->> 'name' from jsonb_array_elements(r.doc -> 'tags') tag
                where tag ->> 'handle' = entry) as label
            from (
              select entry, count(*) as hits, any_value(id) as example
              from (select unnest(tag_handles) as entry, id from hit where 'tags' = any (asked.facets)) carried
              where entry is not null
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent
            join index_content r on r.tenant_id = of_tenant and r.node_id = example and r.locale = asked.locale
            union all
            select 'kinds' as facet, entry, hits, entry as label
            from (
              select entry, count(*) as hits, any_value(id) as example
              from (select kind as entry, id from hit where 'kinds' = any (asked.facets)) carried
              where entry is not null
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent
            union all
            select 'authors' as facet, entry, hits, r.doc -> 'author' ->> 'name' as label
            from (
              select entry, count(*) as hits, any_value(id) as example
              from (select author_handle as entry, id from hit where 'authors' = any (asked.facets)) carried
              where entry is not null
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent
            join index_content r on r.tenant_id = of_tenant and r.node_id = example and r.locale = asked.locale
          )
          select case when browsing then 0 else (select count(*) from hit) end, json_build_object(
            'totalCount', case when asked.with_total then (select count(*) from hit) end,
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
                'locale', r.shown_locale,
              'kind', r.kind,
              'slug', r.slug,
              'excerpt', r.doc ->> 'excerpt',
              'author', nullif(jsonb_build_object(
                'handle', r.doc -> 'author' -> 'handle', 'name', r.doc -> 'author' -> 'name'),
                '{"handle": null, "name": null}'),
              'body', case when asked.with_body then left(r.doc ->> 'html', 20000) end,
                'publishedAt', r.doc -> 'publishedAt',
                'revision', r.revision,
                'indexedAt', iso8601(r.indexed_at)) order by number, words, id desc), '[]')
              from page
              join index_content r on r.node_id = id
              where r.tenant_id = of_tenant and r.locale = asked.locale))
          into total, answer;

          -- Typos are forgiven where the words as typed find fewer than ten, with or without filters. The
          -- limit is hidden in a sub-select, or the planner would walk all rows by their key in the hope
          -- of an early end.
          exit when forgiving or finders is null or total >= 10 or (
            select count(*) = 10
            from (
              select from index_content r
              where r.tenant_id = of_tenant and r.locale = asked.locale and r.visible and r.search @@ any (finders)
              limit (select 10)
            ) unfiltered);
          forgiving := true;
        end loop;
        return answer;
      end $function$;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.search_levels(of_tenant uuid, in_locale text, query text, forgiving boolean)
 RETURNS TABLE(finders tsquery[], rankers tsquery[])
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
 SET enable_seqscan TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
      begin
        return query
        with language as (
          select distinct search_config(locale) as config
          from tenants, unnest(array[in_locale, default_locale]) locale
          where id = of_tenant
        ),
        typed as (
          select lexeme as word, stems, cardinality(stems) = 0 as common,
            bool_and(cardinality(stems) = 0) over () as all_common,
            case when positions[1] = max(positions[1]) over () and query !~ '\s$' then lexeme end as beginning
          from unnest(to_tsvector('rustok_words', search_text(left(query, 500)))),
            lateral (select array_remove(array_agg(word_stem(config, lexeme)), null) from language) l (stems)
          order by positions[1]
          limit 10
        ),
        meant as (
          select word, beginning,
            array(
              select kin.word from index_words kin
              where kin.tenant_id = of_tenant and kin.locale = in_locale
                and kin.stem = any (stems) and kin.word <> typed.word) as kin,
            array(
              select kin.word
              from index_words likely
              join index_words kin
                on kin.tenant_id = likely.tenant_id and kin.locale = likely.locale and kin.stem = likely.stem
              where forgiving and likely.tenant_id = of_tenant and likely.locale = in_locale
                and likely.word = any (misspelt_words(of_tenant, in_locale, typed.word, beginning is not null))) as likely
          from typed
          where all_common or not common
        ),
        level as (
          select n, all_of(one_of(words, start)) as finder, any_of(one_of(words, start)) as ranker
          from meant, lateral (values
            (1, array[word], null),
            (2, word || kin, beginning),
            (3, word || kin || likely, beginning)) as step (n, words, start)
          where n < 3 or forgiving
          group by n
        )
        select
          array_agg(case when before is null then finder else finder && !!before end order by n),
          array_agg(ranker order by n)
        from (select *, lag(finder) over (order by n) as before from level) step
        where finder is distinct from before;
      end $function$;

CREATE OR REPLACE FUNCTION public.search_products(of_tenant uuid, request jsonb)
 RETURNS json
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_custom_plan'
 SET enable_seqscan TO 'off'
 SET jit TO 'off'
 SET work_mem TO '32MB'
AS $function$
      declare
        asked products_search := jsonb_populate_record(null::products_search, request);
        browsing constant boolean := coalesce(asked.query, '') ~ '^\s*$';
        finders tsquery[];
        rankers tsquery[];
        forgiving boolean := false;
        total bigint;
        answer json;
      begin
        loop
          select level.finders, level.rankers into finders, rankers
          from search_levels(of_tenant, asked.locale, asked.query, forgiving) level;

          with hit as materialized (
            select r.product_id as id, r.category_handles, r.tag_handles, r.vendor, r.product_type, r.option_values,
            case when asked.sort like 'price%' or 'prices' = any (asked.facets) then (r.prices #>> array[(asked).currency, 'min'])::bigint end as price,
              case asked.sort
                when 'relevance' then
                  r.level - ts_rank('{0, 0, 0.3, 1}', r.headline, r.ranker) * (1 - least(length(r.title), 200) / 1000::double precision)
                when 'newest' then -extract(epoch from r.published_at)
                when 'oldest' then extract(epoch from r.published_at)
              when 'price_asc' then coalesce((r.prices #>> array[(asked).currency, 'min'])::bigint, 9007199254740991)
              when 'price_desc' then coalesce(-(r.prices #>> array[(asked).currency, 'min'])::bigint, 9007199254740991)
                else 0
              end::double precision as number,
              case asked.sort when 'title' then r.title else '' end as words
            from (
              select wanted.level, wanted.ranker, m.*
              from unnest(finders, rankers) with ordinality as wanted (finder, ranker, level)
              join matching_products(of_tenant, asked) m on m.search @@ wanted.finder
              union all
              select 0, null, m.* from matching_products(of_tenant, asked) m where browsing
            ) r
          ),
          page as (
            (select product_id as id, -extract(epoch from published_at)::double precision as number, '' as words
            from matching_products(of_tenant, asked)
            where browsing and asked.sort = 'newest'
              and (asked.after_id is null or (published_at, product_id) < (to_timestamp(-asked.after_number), asked.after_id))
            order by published_at desc, product_id desc
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
          counted as (
            select 'categories' as facet, entry, hits, (
                select name from index_categories
                where tenant_id = of_tenant and scope = 'product' and locale = asked.locale
                  and handle = entry and visible limit 1) as label
            from (
              select entry, count(*) as hits, any_value(id) as example
              from (select unnest(category_handles) as entry, id from hit where 'categories' = any (asked.facets)) carried
              where entry is not null
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent
            union all
            select 'tags' as facet, entry, hits, (
                select tag ->> 'name' from jsonb_array_elements(r.doc -> 'tags') tag
                where tag ->> 'handle' = entry) as label
            from (
              select entry, count(*) as hits, any_value(id) as example
              from (select unnest(tag_handles) as entry, id from hit where 'tags' = any (asked.facets)) carried
              where entry is not null
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent
            join index_products r on r.tenant_id = of_tenant and r.product_id = example and r.locale = asked.locale
            union all
            select 'vendors' as facet, entry, hits, entry as label
            from (
              select entry, count(*) as hits, any_value(id) as example
              from (select vendor as entry, id from hit where 'vendors' = any (asked.facets)) carried
              where entry is not null
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent
            union all
            select 'productTypes' as facet, entry, hits, entry as label
            from (
              select entry, count(*) as hits, any_value(id) as example
              from (select product_type as entry, id from hit where 'productTypes' = any (asked.facets)) carried
              where entry is not null
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent
            union all
            select 'options' as facet, entry, hits, entry as label
            from (
              select entry, count(*) as hits, any_value(id) as example
              from (select unnest(option_values) as entry, id from hit where 'options' = any (asked.facets)) carried
              where entry is not null
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent
          )
          select case when browsing then 0 else (select count(*) from hit) end, json_build_object(
            'totalCount', case when asked.with_total then (select count(*) from hit) end,
          'priceRange', (
            select json_build_object('currency', asked.currency, 'min', min(price), 'max', max(price))
            from hit where 'prices' = any (asked.facets) having min(price) is not null),
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
                'locale', r.shown_locale,
              'handle', r.handle,
              'vendor', r.vendor,
              'productType', r.product_type,
              'image', r.doc -> 'images' -> 0,
              'priceRange', jsonb_build_object('currency', asked.currency) || (r.prices -> asked.currency),
              'inStock', r.in_stock,
              'body', case when asked.with_body then left(r.doc ->> 'description', 20000) end,
                'publishedAt', r.doc -> 'publishedAt',
                'revision', r.revision,
                'indexedAt', iso8601(r.indexed_at)) order by number, words, id desc), '[]')
              from page
              join index_products r on r.product_id = id
              where r.tenant_id = of_tenant and r.locale = asked.locale))
          into total, answer;

          -- Typos are forgiven where the words as typed find fewer than ten, with or without filters. The
          -- limit is hidden in a sub-select, or the planner would walk all rows by their key in the hope
          -- of an early end.
          exit when forgiving or finders is null or total >= 10 or (
            select count(*) = 10
            from (
              select from index_products r
              where r.tenant_id = of_tenant and r.locale = asked.locale and r.visible and r.search @@ any (finders)
              limit (select 10)
            ) unfiltered);
          forgiving := true;
        end loop;
        return answer;
      end $function$;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.search_text(given text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
BEGIN ATOMIC
 SELECT
         CASE
             WHEN (bare.bare ~ '[぀-ヿ㐀-鿿豈-﫿]'::text) THEN cjk_bigrams(bare.bare)
             ELSE bare.bare
         END AS bare
    FROM regexp_replace(regexp_replace("left"(search_text.given, 60000), '<[^>]*>|&#?[a-z0-9]+;|[-_/.:@&=#+*|\\~^]'::text, ' '::text, 'g'::text), '[''’]'::text, ''::text, 'g'::text) bare(bare);
END;

CREATE OR REPLACE FUNCTION public.search_vector(locale text, a text, b text, c text, d text)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (((setweight(to_tsvector('rustok_words'::regconfig, concat_ws(' '::text, search_text(a), joined_words(a))), 'A'::"char") || setweight(to_tsvector('rustok_words'::regconfig, concat_ws(' '::text, search_text(b), joined_words(b))), 'B'::"char")) || setweight(to_tsvector('rustok_words'::regconfig, COALESCE(search_text(c), ''::text)), 'C'::"char")) || setweight(to_tsvector('rustok_words'::regconfig, COALESCE(search_text(d), ''::text)), 'D'::"char"));

CREATE OR REPLACE FUNCTION public.shown_categories(category_ids uuid[], wanted text, fallback text)
 RETURNS TABLE(list json, handles text[], ids uuid[], words text)
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 WITH RECURSIVE climb AS (
          SELECT categories.id AS leaf,
             categories.id,
             categories.parent_id,
             categories.handle,
             0 AS height
            FROM categories
           WHERE (categories.id = ANY (shown_categories.category_ids))
         UNION ALL
          SELECT climb.leaf,
             above.id,
             above.parent_id,
             above.handle,
             (climb.height + 1)
            FROM (climb
              JOIN categories above ON ((above.id = climb.parent_id)))
         ), step AS (
          SELECT climb.leaf,
             climb.id,
             climb.handle,
             climb.height,
             COALESCE(translation.name, climb.handle) AS name
            FROM (climb
              LEFT JOIN LATERAL ( SELECT t.name
                    FROM category_translations t
                   WHERE (t.category_id = climb.id)
                   ORDER BY (locale_rank(t.locale, shown_categories.wanted, shown_categories.fallback)), t.locale
                  LIMIT 1) translation ON (true))
         ), path AS (
          SELECT step_1.leaf,
             json_agg(json_build_object('handle', step_1.handle, 'name', step_1.name) ORDER BY step_1.height DESC) AS breadcrumb,
             array_agg(step_1.handle ORDER BY step_1.height DESC) AS place
            FROM step step_1
           GROUP BY step_1.leaf
         )
  SELECT json_agg(json_build_object('handle', step.handle, 'name', step.name, 'breadcrumb', path.breadcrumb) ORDER BY path.place) FILTER (WHERE (step.height = 0)) AS json_agg,
     array_agg(DISTINCT step.handle) AS array_agg,
     array_agg(DISTINCT step.id) AS array_agg,
     string_agg(DISTINCT step.name, ' '::text) AS string_agg
    FROM (step
      JOIN path USING (leaf));
END;

CREATE OR REPLACE FUNCTION public.shown_options(product uuid)
 RETURNS TABLE(list json)
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT json_agg(json_build_object('name', o.name, 'values', chosen."values") ORDER BY o."position", o.name) AS json_agg
    FROM (product_options o
      CROSS JOIN LATERAL ( SELECT COALESCE(json_agg(offered.value ORDER BY offered.first_seen, offered.value), '[]'::json) AS "values"
            FROM ( SELECT chosen_1.value,
                     min(v."position") AS first_seen
                    FROM (variant_options chosen_1
                      JOIN product_variants v ON ((v.id = chosen_1.variant_id)))
                   WHERE (chosen_1.option_id = o.id)
                   GROUP BY chosen_1.value) offered) chosen)
   WHERE (o.product_id = shown_options.product);
END;

CREATE OR REPLACE FUNCTION public.shown_price_ranges(product uuid)
 RETURNS TABLE(list json, by_currency jsonb)
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT json_agg(json_build_object('currency', price_range.currency, 'min', price_range.lowest, 'max', price_range.highest) ORDER BY price_range.currency) AS json_agg,
     jsonb_object_agg(price_range.currency, jsonb_build_object('min', price_range.lowest, 'max', price_range.highest)) AS jsonb_object_agg
    FROM ( SELECT prices.currency,
             min(prices.amount) AS lowest,
             max(prices.amount) AS highest
            FROM (product_variants v
              JOIN prices ON ((prices.variant_id = v.id)))
           WHERE (v.product_id = shown_price_ranges.product)
           GROUP BY prices.currency) price_range;
END;

CREATE OR REPLACE FUNCTION public.shown_tags(tag_ids uuid[])
 RETURNS TABLE(list json, handles text[], ids uuid[], words text)
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT json_agg(json_build_object('handle', tags.handle, 'name', tags.name) ORDER BY tags.handle) AS json_agg,
     array_agg(tags.handle ORDER BY tags.handle) AS array_agg,
     array_agg(tags.id ORDER BY tags.handle) AS array_agg,
     string_agg(tags.name, ' '::text ORDER BY tags.handle) AS string_agg
    FROM tags
   WHERE (tags.id = ANY (shown_tags.tag_ids));
END;

CREATE OR REPLACE FUNCTION public.shown_variants(product uuid)
 RETURNS TABLE(ids uuid[], list jsonb[], in_stock boolean, words text)
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT array_agg(v.id ORDER BY v."position", v.id) AS array_agg,
     array_agg(jsonb_build_object('id', v.id, 'sku', v.sku, 'barcode', v.barcode, 'weightGrams', v.weight_grams, 'options', COALESCE(options.options, '[]'::json), 'prices', COALESCE(prices.prices, '[]'::json), 'quantity', stock.quantity, 'inStock', (stock.quantity > 0)) ORDER BY v."position", v.id) AS array_agg,
     bool_or((stock.quantity > 0)) AS bool_or,
     string_agg(v.sku, ' '::text ORDER BY v."position", v.id) AS string_agg
    FROM (((product_variants v
      CROSS JOIN LATERAL ( SELECT GREATEST(COALESCE(sum(inventory_levels.quantity), (0)::bigint), (0)::bigint) AS quantity
            FROM inventory_levels
           WHERE (inventory_levels.variant_id = v.id)) stock)
      CROSS JOIN LATERAL ( SELECT json_agg(json_build_object('name', o.name, 'value', chosen.value) ORDER BY o."position", o.name) AS options
            FROM (variant_options chosen
              LEFT JOIN product_options o ON ((o.id = chosen.option_id)))
           WHERE (chosen.variant_id = v.id)) options)
      CROSS JOIN LATERAL ( SELECT json_agg(json_build_object('currency', prices_1.currency, 'amount', prices_1.amount, 'compareAtAmount', prices_1.compare_at_amount) ORDER BY prices_1.currency) AS prices
            FROM prices prices_1
           WHERE (prices_1.variant_id = v.id)) prices)
   WHERE (v.product_id = shown_variants.product);
END;

CREATE OR REPLACE FUNCTION public.storefront_node(tenant uuid, in_locale text, of_kind text, by_slug text)
 RETURNS TABLE(doc text, indexed_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT (n.doc)::text AS doc,
     n.indexed_at
    FROM index_content n
   WHERE ((n.tenant_id = storefront_node.tenant) AND (n.locale = storefront_node.in_locale) AND (n.kind = storefront_node.of_kind) AND (n.slug = storefront_node.by_slug) AND n.visible)
   ORDER BY (n.shown_locale = storefront_node.in_locale) DESC, n.revision DESC
  LIMIT 1;
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.storefront_product(tenant uuid, in_locale text, by_handle text)
 RETURNS TABLE(doc text, indexed_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT (p.doc)::text AS doc,
     p.indexed_at
    FROM index_products p
   WHERE ((p.tenant_id = storefront_product.tenant) AND (p.locale = storefront_product.in_locale) AND (p.handle = storefront_product.by_handle) AND p.visible)
   ORDER BY p.revision DESC
  LIMIT 1;
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.transposed(word text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN ARRAY(SELECT OVERLAY(transposed.word PLACING (substr(transposed.word, (i.i + 1), 1) || substr(transposed.word, i.i, 1)) FROM i.i FOR 2) AS "overlay" FROM generate_series(1, (length(transposed.word) - 1)) i(i));

CREATE OR REPLACE FUNCTION public.word_stem(language regconfig, word text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN (tsvector_to_array(to_tsvector(language, word)))[1];
