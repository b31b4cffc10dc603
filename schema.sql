-- Written by `rustok schema:dump` from the migrated database. Do not edit.

create table account_requests (
  id uuid not null,
  tenant_id uuid not null,
  purpose text not null,
  email text not null,
  user_id uuid,
  name text,
  locale text not null,
  token_hash text,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  constraint account_requests_pkey PRIMARY KEY (id),
  constraint account_requests_purpose_check CHECK ((purpose = ANY (ARRAY['registration'::text, 'verification'::text, 'invitation'::text, 'password-reset'::text, 'email-change'::text, 'email-changed'::text, 'password-changed'::text]))),
  constraint account_requests_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint account_requests_tenant_id_id_key UNIQUE (tenant_id, id),
  constraint account_requests_tenant_id_token_hash_key UNIQUE (tenant_id, token_hash),
  constraint account_requests_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX account_requests_by_expiry ON public.account_requests USING btree (tenant_id, expires_at);
CREATE INDEX account_requests_by_user ON public.account_requests USING btree (tenant_id, user_id);
-- row-level security, forced
create policy reader_reads on account_requests for select to rustok_reader using (true) with check ();
create policy tenant_rows on account_requests for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on account_requests to rustok_app;

create table account_settings (
  id uuid not null,
  tenant_id uuid not null,
  registration boolean not null default false,
  link text,
  sender text,
  revision bigint not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint account_settings_pkey PRIMARY KEY (id),
  constraint account_settings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint account_settings_tenant_id_key UNIQUE (tenant_id)
);
-- row-level security, forced
create policy tenant_rows on account_settings for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on account_settings to rustok_app;

create table api_keys (
  id uuid not null,
  tenant_id uuid not null,
  name text not null,
  prefix text not null,
  hash text not null,
  scopes text[] not null,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_keys_pkey PRIMARY KEY (id),
  constraint api_keys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint api_keys_tenant_id_id_key UNIQUE (tenant_id, id),
  constraint api_keys_tenant_id_prefix_key UNIQUE (tenant_id, prefix)
);
-- row-level security, forced
create policy reader_reads on api_keys for select to rustok_reader using (true) with check ();
create policy tenant_rows on api_keys for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on api_keys to rustok_app;

create table audit_log (
  id uuid not null,
  tenant_id uuid not null,
  occurred_at timestamp with time zone not null,
  action text not null,
  subject_id uuid not null,
  actor_kind text not null,
  actor_id uuid,
  session_id uuid,
  request_id text not null,
  address text,
  user_agent text,
  changes jsonb not null,
  constraint audit_log_pkey PRIMARY KEY (id),
  constraint audit_log_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX audit_log_by_actor ON public.audit_log USING btree (tenant_id, actor_id, id);
CREATE INDEX audit_log_by_subject ON public.audit_log USING btree (tenant_id, subject_id, id);
CREATE INDEX audit_log_by_tenant ON public.audit_log USING btree (tenant_id, id);
CREATE INDEX audit_log_by_time ON public.audit_log USING btree (occurred_at);
-- row-level security, forced
create policy auditor_forgets on audit_log for delete to rustok_auditor using (true) with check ();
create policy auditor_reads on audit_log for select to rustok_auditor using (true) with check ();
create policy tenant_rows on audit_log for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant insert, select on audit_log to rustok_app;

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
create policy reader_reads on authors for select to rustok_reader using (true) with check ();
create policy tenant_rows on authors for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on authors to rustok_app;

create table blog_comments (
  tenant_id uuid not null,
  comment_id uuid not null,
  email text,
  user_id uuid,
  address text,
  refused_as text,
  created_at timestamp with time zone not null default now(),
  constraint blog_comments_comment_id_fkey FOREIGN KEY (tenant_id, comment_id) REFERENCES nodes(tenant_id, id) ON DELETE CASCADE,
  constraint blog_comments_pkey PRIMARY KEY (tenant_id, comment_id),
  constraint blog_comments_refused_as_check CHECK ((refused_as = ANY (ARRAY['spam'::text, 'rejected'::text])))
);
CREATE INDEX blog_comments_lately ON public.blog_comments USING btree (tenant_id, created_at);
CREATE INDEX blog_comments_with_address ON public.blog_comments USING btree (created_at) WHERE (address IS NOT NULL);
-- row-level security, forced
create policy reader_reads on blog_comments for select to rustok_reader using ((address IS NOT NULL)) with check ();
create policy tenant_rows on blog_comments for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on blog_comments to rustok_app;

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
create policy tenant_rows on bodies for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
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
create policy tenant_rows on categories for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
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
create policy tenant_rows on category_translations for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on category_translations to rustok_app;

create table event_jobs (
  event_id uuid not null,
  tenant_id uuid not null,
  job text not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone not null,
  attempts integer not null,
  failure text,
  constraint event_jobs_pkey PRIMARY KEY (event_id, job)
);
CREATE INDEX event_jobs_by_finish ON public.event_jobs USING btree (tenant_id, finished_at);
CREATE INDEX event_jobs_failed ON public.event_jobs USING btree (event_id) WHERE (failure IS NOT NULL);
-- row-level security, forced
create policy relay_forgets on event_jobs for delete to rustok_relay using (true) with check ();
create policy relay_reads on event_jobs for select to rustok_relay using (true) with check ();
create policy tenant_rows on event_jobs for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
create policy watch_reads on event_jobs for select to rustok_watch using (true) with check ();
grant insert, select, update on event_jobs to rustok_app;

create table hook_receipts (
  tenant_id uuid not null,
  source text not null,
  message_id text not null,
  received_at timestamp with time zone not null default now(),
  constraint hook_receipts_message_id_check CHECK (((length(message_id) >= 1) AND (length(message_id) <= 255))),
  constraint hook_receipts_pkey PRIMARY KEY (tenant_id, source, message_id),
  constraint hook_receipts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX hook_receipts_by_age ON public.hook_receipts USING btree (tenant_id, received_at);
-- row-level security, forced
create policy relay_reads on hook_receipts for select to rustok_relay using (true) with check ();
create policy tenant_rows on hook_receipts for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on hook_receipts to rustok_app;

create table hook_secrets (
  id uuid not null,
  tenant_id uuid not null,
  source text not null,
  secret text not null,
  previous_secret text,
  previous_secret_until timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  rotated_at timestamp with time zone,
  constraint hook_secrets_check CHECK (((previous_secret IS NULL) = (previous_secret_until IS NULL))),
  constraint hook_secrets_pkey PRIMARY KEY (id),
  constraint hook_secrets_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint hook_secrets_tenant_id_id_key UNIQUE (tenant_id, id),
  constraint hook_secrets_tenant_id_source_key UNIQUE (tenant_id, source)
);
-- row-level security, forced
create policy tenant_rows on hook_secrets for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on hook_secrets to rustok_app;

create table idempotency_keys (
  tenant_id uuid not null,
  actor_id uuid not null,
  key text not null,
  fingerprint bytea not null,
  claimed_at timestamp with time zone not null default now(),
  status smallint,
  body text,
  constraint idempotency_keys_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255))),
  constraint idempotency_keys_pkey PRIMARY KEY (tenant_id, actor_id, key),
  constraint idempotency_keys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX idempotency_keys_by_age ON public.idempotency_keys USING btree (tenant_id, claimed_at);
-- row-level security, forced
create policy reader_reads on idempotency_keys for select to rustok_reader using (true) with check ();
create policy tenant_rows on idempotency_keys for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on idempotency_keys to rustok_app;

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
create policy tenant_rows on import_references for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
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
  generation integer not null default 1,
  constraint index_categories_check CHECK (((doc IS NOT NULL) OR (num_nonnulls(shown_locale, scope, handle, name) = 0))),
  constraint index_categories_pkey PRIMARY KEY (tenant_id, category_id, locale, generation),
  constraint index_categories_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX index_categories_by_beginning ON public.index_categories USING btree (tenant_id, locale, plain_text(name) COLLATE "C") WHERE visible;
CREATE INDEX index_categories_by_generation ON public.index_categories USING btree (tenant_id, generation, category_id) WHERE (generation > 1);
CREATE INDEX index_categories_by_handle ON public.index_categories USING btree (tenant_id, scope, locale, handle) WHERE visible;
CREATE INDEX index_categories_by_scope ON public.index_categories USING btree (tenant_id, scope, locale, "position", category_id) WHERE visible;
CREATE INDEX index_categories_by_shown ON public.index_categories USING gin (shows);
-- row-level security, forced
create policy reader_reads on index_categories for select to rustok_reader using (true) with check ();
create policy tenant_rows on index_categories for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on index_categories to rustok_app;

create table index_comments (
  tenant_id uuid not null,
  comment_id uuid not null,
  post_id uuid not null,
  thread_id uuid not null,
  begins_thread boolean not null generated always as ((thread_id = comment_id)) stored,
  published_at timestamp with time zone not null,
  doc jsonb not null,
  constraint index_comments_pkey PRIMARY KEY (tenant_id, comment_id),
  constraint index_comments_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX index_comments_by_post ON public.index_comments USING btree (tenant_id, post_id, published_at, comment_id) WHERE begins_thread;
CREATE INDEX index_comments_by_thread ON public.index_comments USING btree (tenant_id, thread_id, published_at, comment_id);
CREATE INDEX index_comments_of_post ON public.index_comments USING btree (tenant_id, post_id);
-- row-level security, forced
create policy tenant_rows on index_comments for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on index_comments to rustok_app;

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
  generation integer not null default 1,
  scope bigint not null generated always as (search_scope(tenant_id, locale, generation)) stored,
  category_key bigint generated always as (hash_array_extended(category_handles, (0)::bigint)) stored,
  tag_key bigint generated always as (hash_array_extended(tag_handles, (0)::bigint)) stored,
  constraint index_content_check CHECK (((doc IS NOT NULL) OR (num_nonnulls(shown_locale, kind, slug, title, category_handles, search) = 0))),
  constraint index_content_pkey PRIMARY KEY (tenant_id, node_id, locale, generation),
  constraint index_content_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX index_content_by_author ON public.index_content USING btree (tenant_id, locale, kind, author_handle, published_at, node_id) WHERE visible;
CREATE INDEX index_content_by_generation ON public.index_content USING btree (tenant_id, generation, node_id) WHERE (generation > 1);
CREATE INDEX index_content_by_parent ON public.index_content USING btree (tenant_id, locale, parent_id, node_id) WHERE visible;
CREATE INDEX index_content_by_published_at ON public.index_content USING btree (tenant_id, locale, generation, published_at, node_id) INCLUDE (kind, author_handle, category_key, tag_key) WHERE visible;
CREATE INDEX index_content_by_shown ON public.index_content USING gin (shows);
CREATE INDEX index_content_by_slug ON public.index_content USING btree (tenant_id, kind, slug, locale) WHERE visible;
CREATE INDEX index_content_by_word ON public.index_content USING gin (scope, search, category_handles, tag_handles) WITH (gin_pending_list_limit='256');
CREATE TRIGGER note_changed_words AFTER UPDATE ON public.index_content REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_words();
CREATE TRIGGER note_new_words AFTER INSERT ON public.index_content REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_words();
-- row-level security, forced
create policy reader_reads on index_content for select to rustok_reader using (true) with check ();
create policy search_reads on index_content for select to rustok_search using (true) with check ();
create policy tenant_rows on index_content for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on index_content to rustok_app;

create table index_generations (
  tenant_id uuid not null,
  kind text not null,
  generation integer not null,
  state text not null,
  own_index boolean not null default false,
  built_to uuid,
  started_at timestamp with time zone not null default now(),
  live_at timestamp with time zone,
  retired_at timestamp with time zone,
  constraint index_generations_kind_check CHECK ((kind = ANY (ARRAY['product'::text, 'node'::text, 'category'::text]))),
  constraint index_generations_pkey PRIMARY KEY (tenant_id, kind, generation),
  constraint index_generations_state_check CHECK ((state = ANY (ARRAY['building'::text, 'live'::text, 'previous'::text, 'retired'::text]))),
  constraint index_generations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX index_generations_one_building ON public.index_generations USING btree (tenant_id, kind) WHERE (state = 'building'::text);
CREATE UNIQUE INDEX index_generations_one_live ON public.index_generations USING btree (tenant_id, kind) INCLUDE (generation) WHERE (state = 'live'::text);
-- row-level security, forced
create policy reader_reads on index_generations for select to rustok_reader using (true) with check ();
create policy search_reads on index_generations for select to rustok_search using (true) with check ();
create policy tenant_rows on index_generations for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
create policy watch_reads on index_generations for select to rustok_watch using (true) with check ();
grant delete, insert, select, update on index_generations to rustok_app;

create table index_patrol (
  tenant_id uuid not null,
  kind text not null,
  after uuid,
  looked_at timestamp with time zone not null default '-infinity'::timestamp with time zone,
  rounds integer not null default 0,
  found bigint not null default 0,
  constraint index_patrol_kind_check CHECK ((kind = ANY (ARRAY['product'::text, 'node'::text, 'category'::text]))),
  constraint index_patrol_pkey PRIMARY KEY (tenant_id, kind),
  constraint index_patrol_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
-- row-level security, forced
create policy reader_reads on index_patrol for select to rustok_reader using (true) with check ();
create policy tenant_rows on index_patrol for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on index_patrol to rustok_app;

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
  generation integer not null default 1,
  boost integer not null default 0,
  popularity integer not null default 0,
  scope bigint not null generated always as (search_scope(tenant_id, locale, generation)) stored,
  category_key bigint generated always as (hash_array_extended(category_handles, (0)::bigint)) stored,
  tag_key bigint generated always as (hash_array_extended(tag_handles, (0)::bigint)) stored,
  option_key bigint generated always as (hash_array_extended(option_values, (0)::bigint)) stored,
  constraint index_products_check CHECK (((doc IS NOT NULL) OR (num_nonnulls(shown_locale, handle, title, category_handles, prices, search) = 0))),
  constraint index_products_pkey PRIMARY KEY (tenant_id, product_id, locale, generation),
  constraint index_products_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX index_products_by_generation ON public.index_products USING btree (tenant_id, generation, product_id) WHERE (generation > 1);
CREATE INDEX index_products_by_handle ON public.index_products USING btree (tenant_id, handle, locale) WHERE visible;
CREATE INDEX index_products_by_published_at ON public.index_products USING btree (tenant_id, locale, generation, published_at, product_id) INCLUDE (vendor, product_type, in_stock, category_key, tag_key, option_key) WHERE visible;
CREATE INDEX index_products_by_shown ON public.index_products USING gin (shows);
CREATE INDEX index_products_by_title ON public.index_products USING btree (tenant_id, locale, title, product_id) WHERE visible;
CREATE INDEX index_products_by_word ON public.index_products USING gin (scope, search, category_handles, tag_handles) WITH (gin_pending_list_limit='256');
CREATE TRIGGER note_changed_words AFTER UPDATE ON public.index_products REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_words();
CREATE TRIGGER note_new_words AFTER INSERT ON public.index_products REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_words();
-- row-level security, forced
create policy reader_reads on index_products for select to rustok_reader using (true) with check ();
create policy search_reads on index_products for select to rustok_search using (true) with check ();
create policy tenant_rows on index_products for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on index_products to rustok_app;

create table index_words (
  tenant_id uuid not null,
  locale text not null,
  word text not null,
  stem text not null,
  commonness smallint not null default 0,
  constraint index_words_pkey PRIMARY KEY (tenant_id, locale, word, stem),
  constraint index_words_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX index_words_by_commonness ON public.index_words USING btree (tenant_id, locale, commonness, word);
CREATE INDEX index_words_by_stem ON public.index_words USING btree (tenant_id, locale, stem);
CREATE INDEX index_words_by_trigram ON public.index_words USING gin (tenant_id, locale, word gin_trgm_ops);
-- row-level security, forced
create policy reader_reads on index_words for select to rustok_reader using (true) with check ();
create policy tenant_rows on index_words for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
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
create policy tenant_rows on inventory_levels for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on inventory_levels to rustok_app;

create table live_categories (
  tenant_id uuid,
  category_id uuid,
  locale text,
  revision bigint,
  shared_revision bigint,
  indexed_at timestamp with time zone,
  doc jsonb,
  visible boolean,
  shown_locale text,
  scope text,
  handle text,
  name text,
  parent_id uuid,
  "position" integer,
  shows uuid[],
  generation integer
);
grant select on live_categories to rustok_app;

create table live_content (
  tenant_id uuid,
  node_id uuid,
  locale text,
  revision bigint,
  shared_revision bigint,
  indexed_at timestamp with time zone,
  doc jsonb,
  visible boolean,
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
  headline tsvector,
  generation integer
);
grant select on live_content to rustok_app;

create table live_products (
  tenant_id uuid,
  product_id uuid,
  locale text,
  revision bigint,
  shared_revision bigint,
  indexed_at timestamp with time zone,
  doc jsonb,
  visible boolean,
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
  headline tsvector,
  generation integer
);
grant select on live_products to rustok_app;

create table mail_wordings (
  id uuid not null,
  tenant_id uuid not null,
  template text not null,
  locale text not null,
  subject text not null,
  text text not null,
  html text,
  revision bigint not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint mail_wordings_pkey PRIMARY KEY (id),
  constraint mail_wordings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint mail_wordings_tenant_id_template_locale_key UNIQUE (tenant_id, template, locale)
);
-- row-level security, forced
create policy tenant_rows on mail_wordings for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on mail_wordings to rustok_app;

create table mails (
  id uuid not null,
  tenant_id uuid not null,
  template text not null,
  cause_id uuid not null,
  address text not null,
  user_id uuid,
  locale text not null,
  sender text,
  variables jsonb not null default '{}'::jsonb,
  state text not null default 'waiting'::text,
  attempts integer not null default 0,
  failure text,
  subject text,
  leased_until timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  sent_at timestamp with time zone,
  constraint mails_check CHECK (((state = 'sending'::text) = (leased_until IS NOT NULL))),
  constraint mails_check1 CHECK (((state = 'sent'::text) = (sent_at IS NOT NULL))),
  constraint mails_pkey PRIMARY KEY (id),
  constraint mails_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'failed'::text]))),
  constraint mails_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint mails_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE,
  constraint mails_variables_check CHECK ((jsonb_typeof(variables) = 'object'::text))
);
CREATE INDEX mails_by_age ON public.mails USING btree (tenant_id, created_at);
CREATE INDEX mails_by_user ON public.mails USING btree (tenant_id, user_id);
CREATE UNIQUE INDEX mails_once ON public.mails USING btree (tenant_id, template, cause_id, lower(address));
-- row-level security, forced
create policy reader_reads on mails for select to rustok_reader using (true) with check ();
create policy tenant_rows on mails for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on mails to rustok_app;

create table menu_items (
  tenant_id uuid not null,
  menu_id uuid not null,
  "position" integer not null,
  level integer not null,
  labels jsonb not null default '{}'::jsonb,
  locales text[],
  page_id uuid,
  page_kind text not null default 'page'::text,
  category_id uuid,
  product_id uuid,
  url text,
  constraint menu_items_category_id_fkey FOREIGN KEY (tenant_id, category_id) REFERENCES categories(tenant_id, id) ON DELETE SET NULL (category_id),
  constraint menu_items_check CHECK ((num_nonnulls(page_id, category_id, product_id, url) <= 1)),
  constraint menu_items_labels_check CHECK ((jsonb_typeof(labels) = 'object'::text)),
  constraint menu_items_level_check CHECK (((level >= 0) AND (level <= 2))),
  constraint menu_items_page_id_fkey FOREIGN KEY (tenant_id, page_id, page_kind) REFERENCES nodes(tenant_id, id, kind) ON DELETE SET NULL (page_id),
  constraint menu_items_page_kind_check CHECK ((page_kind = 'page'::text)),
  constraint menu_items_pkey PRIMARY KEY (tenant_id, menu_id, "position"),
  constraint menu_items_product_id_fkey FOREIGN KEY (tenant_id, product_id) REFERENCES products(tenant_id, id) ON DELETE SET NULL (product_id),
  constraint menu_items_tenant_id_menu_id_fkey FOREIGN KEY (tenant_id, menu_id) REFERENCES menus(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX menu_items_by_category ON public.menu_items USING btree (tenant_id, category_id);
CREATE INDEX menu_items_by_page ON public.menu_items USING btree (tenant_id, page_id);
CREATE INDEX menu_items_by_product ON public.menu_items USING btree (tenant_id, product_id);
-- row-level security, forced
create policy reader_reads on menu_items for select to rustok_reader using (true) with check ();
create policy tenant_rows on menu_items for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on menu_items to rustok_app;

create table menus (
  id uuid not null,
  tenant_id uuid not null,
  handle text not null,
  name text not null,
  revision bigint not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint menus_handle_key UNIQUE (tenant_id, handle),
  constraint menus_pkey PRIMARY KEY (id),
  constraint menus_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint menus_tenant_id_id_key UNIQUE (tenant_id, id)
);
-- row-level security, forced
create policy reader_reads on menus for select to rustok_reader using (true) with check ();
create policy tenant_rows on menus for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on menus to rustok_app;

create table moderated_comments (
  tenant_id uuid,
  id uuid,
  revision bigint,
  parent_id uuid,
  created_at timestamp with time zone,
  updated_at timestamp with time zone,
  status text,
  author_name text,
  author_url text,
  email text,
  user_id uuid,
  html text
);
grant select on moderated_comments to rustok_app;

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
create policy tenant_rows on node_categories for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
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
create policy tenant_rows on node_tags for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
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
create policy tenant_rows on node_translations for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
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
  publish_at timestamp with time zone,
  unpublish_at timestamp with time zone,
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
CREATE INDEX nodes_due ON public.nodes USING btree (LEAST(publish_at, unpublish_at), id) WHERE ((publish_at IS NOT NULL) OR (unpublish_at IS NOT NULL));
-- row-level security, forced
create policy tenant_rows on nodes for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
create policy watch_reads on nodes for select to rustok_watch using (((publish_at IS NOT NULL) OR (unpublish_at IS NOT NULL))) with check ();
grant delete, insert, select, update on nodes to rustok_app;

create table notification_opt_outs (
  tenant_id uuid not null,
  user_id uuid not null,
  template text not null,
  constraint notification_opt_outs_pkey PRIMARY KEY (tenant_id, user_id, template),
  constraint notification_opt_outs_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint notification_opt_outs_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);
-- row-level security, forced
create policy tenant_rows on notification_opt_outs for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on notification_opt_outs to rustok_app;

create table oidc_identities (
  tenant_id uuid not null,
  provider_id uuid not null,
  subject text not null,
  user_id uuid not null,
  created_at timestamp with time zone not null default now(),
  constraint oidc_identities_pkey PRIMARY KEY (tenant_id, provider_id, subject),
  constraint oidc_identities_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint oidc_identities_tenant_id_provider_id_fkey FOREIGN KEY (tenant_id, provider_id) REFERENCES oidc_providers(tenant_id, id) ON DELETE CASCADE,
  constraint oidc_identities_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX oidc_identities_by_user ON public.oidc_identities USING btree (tenant_id, user_id);
-- row-level security, forced
create policy tenant_rows on oidc_identities for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on oidc_identities to rustok_app;

create table oidc_providers (
  id uuid not null,
  tenant_id uuid not null,
  handle text not null,
  name text not null,
  issuer text not null,
  client_id text not null,
  client_secret text,
  redirect_uris text[] not null,
  role text,
  enabled boolean not null default true,
  revision bigint not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint oidc_providers_pkey PRIMARY KEY (id),
  constraint oidc_providers_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint oidc_providers_tenant_id_handle_key UNIQUE (tenant_id, handle),
  constraint oidc_providers_tenant_id_id_key UNIQUE (tenant_id, id)
);
-- row-level security, forced
create policy tenant_rows on oidc_providers for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on oidc_providers to rustok_app;

create table oidc_sign_ins (
  tenant_id uuid not null,
  flow_hash text not null,
  provider_id uuid not null,
  secrets text not null,
  redirect_uri text not null,
  expires_at timestamp with time zone not null,
  constraint oidc_sign_ins_pkey PRIMARY KEY (tenant_id, flow_hash),
  constraint oidc_sign_ins_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint oidc_sign_ins_tenant_id_provider_id_fkey FOREIGN KEY (tenant_id, provider_id) REFERENCES oidc_providers(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX oidc_sign_ins_by_expiry ON public.oidc_sign_ins USING btree (tenant_id, expires_at);
-- row-level security, forced
create policy reader_reads on oidc_sign_ins for select to rustok_reader using (true) with check ();
create policy tenant_rows on oidc_sign_ins for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on oidc_sign_ins to rustok_app;

create table page_paths (
  tenant_id uuid not null,
  page_id uuid not null,
  locale text not null,
  path text not null,
  title text not null,
  at_home boolean not null,
  parent_id uuid,
  "position" integer not null,
  breadcrumb jsonb not null,
  constraint page_paths_pkey PRIMARY KEY (tenant_id, page_id, locale),
  constraint page_paths_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX page_paths_by_path ON public.page_paths USING btree (tenant_id, locale, path);
-- row-level security, forced
create policy reader_reads on page_paths for select to rustok_reader using (true) with check ();
create policy tenant_rows on page_paths for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on page_paths to rustok_app;

create table page_redirects (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  locale text not null,
  path text not null,
  page_id uuid not null,
  created_at timestamp with time zone not null default now(),
  constraint page_redirects_page_id_fkey FOREIGN KEY (tenant_id, page_id) REFERENCES nodes(tenant_id, id) ON DELETE CASCADE,
  constraint page_redirects_path_key UNIQUE (tenant_id, locale, path),
  constraint page_redirects_pkey PRIMARY KEY (id)
);
CREATE INDEX page_redirects_by_page ON public.page_redirects USING btree (tenant_id, page_id);
-- row-level security, forced
create policy reader_reads on page_redirects for select to rustok_reader using (true) with check ();
create policy tenant_rows on page_redirects for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on page_redirects to rustok_app;

create table platform_administrators (
  user_id uuid not null,
  home_tenant_id uuid not null,
  granted_at timestamp with time zone not null default now(),
  constraint platform_administrators_pkey PRIMARY KEY (user_id),
  constraint platform_administrators_user_id_fkey FOREIGN KEY (home_tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX platform_administrators_by_home ON public.platform_administrators USING btree (home_tenant_id, user_id);

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
create policy tenant_rows on prices for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
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
create policy tenant_rows on product_categories for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
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
create policy tenant_rows on product_images for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
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
create policy tenant_rows on product_options for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on product_options to rustok_app;

create table product_sales (
  tenant_id uuid not null,
  product_id uuid not null,
  units bigint not null,
  constraint product_sales_pkey PRIMARY KEY (tenant_id, product_id),
  constraint product_sales_tenant_id_product_id_fkey FOREIGN KEY (tenant_id, product_id) REFERENCES products(tenant_id, id) ON DELETE CASCADE,
  constraint product_sales_units_check CHECK ((units >= 0))
);
-- row-level security, forced
create policy tenant_rows on product_sales for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on product_sales to rustok_app;

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
create policy tenant_rows on product_tags for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
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
create policy tenant_rows on product_translations for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on product_translations to rustok_app;

create table product_variants (
  id uuid not null,
  tenant_id uuid not null,
  product_id uuid not null,
  sku text,
  barcode text,
  weight_grams integer,
  "position" integer not null default 0,
  cost_amount bigint,
  cost_currency character(3),
  constraint product_variants_cost_amount_check CHECK ((cost_amount >= 0)),
  constraint product_variants_cost_check CHECK (((cost_amount IS NULL) = (cost_currency IS NULL))),
  constraint product_variants_pkey PRIMARY KEY (id),
  constraint product_variants_sku_key UNIQUE (tenant_id, sku) DEFERRABLE INITIALLY DEFERRED,
  constraint product_variants_tenant_id_id_key UNIQUE (tenant_id, id),
  constraint product_variants_tenant_id_product_id_fkey FOREIGN KEY (tenant_id, product_id) REFERENCES products(tenant_id, id) ON DELETE CASCADE,
  constraint product_variants_weight_grams_check CHECK ((weight_grams >= 0))
);
CREATE INDEX product_variants_by_product ON public.product_variants USING btree (tenant_id, product_id);
-- row-level security, forced
create policy tenant_rows on product_variants for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
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
  boost integer not null default 0,
  publish_at timestamp with time zone,
  unpublish_at timestamp with time zone,
  constraint products_boost_check CHECK (((boost >= '-100'::integer) AND (boost <= 100))),
  constraint products_handle_key UNIQUE (tenant_id, handle),
  constraint products_pkey PRIMARY KEY (id),
  constraint products_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'published'::text]))),
  constraint products_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint products_tenant_id_id_key UNIQUE (tenant_id, id)
);
CREATE INDEX products_due ON public.products USING btree (LEAST(publish_at, unpublish_at), id) WHERE ((publish_at IS NOT NULL) OR (unpublish_at IS NOT NULL));
-- row-level security, forced
create policy tenant_rows on products for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
create policy watch_reads on products for select to rustok_watch using (((publish_at IS NOT NULL) OR (unpublish_at IS NOT NULL))) with check ();
grant delete, insert, select, update on products to rustok_app;

create table queue_memory (
  only_one boolean not null default true,
  server text not null default ''::text,
  beat bigint not null default 0,
  constraint queue_memory_only_one_check CHECK (only_one),
  constraint queue_memory_pkey PRIMARY KEY (only_one)
);

create table recovery_codes (
  tenant_id uuid not null,
  user_id uuid not null,
  hash text not null,
  constraint recovery_codes_pkey PRIMARY KEY (tenant_id, user_id, hash),
  constraint recovery_codes_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint recovery_codes_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);
-- row-level security, forced
create policy tenant_rows on recovery_codes for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on recovery_codes to rustok_app;

create table roles (
  id uuid not null,
  tenant_id uuid not null,
  slug text not null,
  name text not null,
  permissions text[] not null,
  revision bigint not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint roles_built_in_check CHECK ((slug <> ALL (ARRAY['super-administrator'::text, 'administrator'::text, 'manager'::text, 'editor'::text, 'customer'::text]))),
  constraint roles_pkey PRIMARY KEY (id),
  constraint roles_slug_check CHECK (((slug ~ '^[a-z0-9](-?[a-z0-9])*$'::text) AND (length(slug) <= 63))),
  constraint roles_slug_key UNIQUE (tenant_id, slug),
  constraint roles_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint roles_tenant_id_id_key UNIQUE (tenant_id, id)
);
-- row-level security, forced
create policy tenant_rows on roles for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on roles to rustok_app;

create table search_documents (
  tenant_id uuid not null,
  kind text not null,
  generation integer not null,
  entity_id uuid not null,
  locale text not null,
  version bigint not null default nextval('search_versions'::regclass),
  since timestamp with time zone not null default now(),
  attempts integer not null default 0,
  sent_version bigint,
  sent_task bigint,
  sent_at timestamp with time zone,
  done_version bigint,
  done_task bigint,
  done_at timestamp with time zone,
  refused_version bigint,
  problem text,
  traceparent text default NULLIF(current_setting('rustok.traceparent'::text, true), ''::text),
  constraint search_documents_kind_check CHECK ((kind = ANY (ARRAY['product'::text, 'node'::text]))),
  constraint search_documents_pkey PRIMARY KEY (tenant_id, kind, generation, entity_id, locale),
  constraint search_documents_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX search_documents_by_done ON public.search_documents USING btree (tenant_id, kind, generation, done_at);
CREATE INDEX search_documents_by_entity ON public.search_documents USING btree (entity_id);
CREATE INDEX search_documents_refused ON public.search_documents USING btree (tenant_id) WHERE (problem IS NOT NULL);
CREATE INDEX search_documents_under_way ON public.search_documents USING btree (sent_task) WHERE (sent_task IS NOT NULL);
CREATE INDEX search_documents_waiting ON public.search_documents USING btree (tenant_id, kind, generation, since) WHERE ((sent_task IS NULL) AND (done_version IS DISTINCT FROM version));
-- row-level security, forced
create policy reader_reads on search_documents for select to rustok_reader using (true) with check ();
create policy search_feeds on search_documents for all to rustok_search using (true) with check (true);
create policy tenant_rows on search_documents for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
create policy watch_reads on search_documents for select to rustok_watch using (true) with check ();
grant delete, insert, select, update on search_documents to rustok_app;

create table search_engine (
  id smallint not null default 1,
  last_task bigint not null default '-1'::integer,
  constraint search_engine_id_check CHECK ((id = 1)),
  constraint search_engine_pkey PRIMARY KEY (id)
);
grant select on search_engine to rustok_app;

create table search_indexes (
  uid text not null,
  kind text not null,
  locale text not null,
  tenant_id uuid,
  created_at text not null,
  ready boolean not null default false,
  made_at timestamp with time zone not null default now(),
  constraint search_indexes_kind_check CHECK ((kind = ANY (ARRAY['product'::text, 'node'::text]))),
  constraint search_indexes_pkey PRIMARY KEY (uid),
  constraint search_indexes_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
-- row-level security, forced
create policy reader_reads on search_indexes for select to rustok_reader using (true) with check ();
create policy search_feeds on search_indexes for all to rustok_search using (true) with check (true);
create policy shared_or_own on search_indexes for select to rustok_app using (((tenant_id IS NULL) OR (tenant_id = current_tenant()))) with check ();
grant select on search_indexes to rustok_app;

create table search_popular (
  tenant_id uuid not null,
  locale text not null,
  query text not null,
  score double precision not null,
  last_day date not null,
  constraint search_popular_pkey PRIMARY KEY (tenant_id, locale, query),
  constraint search_popular_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
-- row-level security, forced
create policy reader_reads on search_popular for select to rustok_reader using (true) with check ();
create policy tenant_rows on search_popular for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on search_popular to rustok_app;

create table search_queries (
  tenant_id uuid not null,
  day date not null,
  locale text not null,
  kind text not null,
  query text not null,
  searches bigint not null,
  without_results bigint not null,
  constraint search_queries_kind_check CHECK ((kind = ANY (ARRAY['products'::text, 'content'::text, 'all'::text]))),
  constraint search_queries_pkey PRIMARY KEY (tenant_id, locale, query, day, kind),
  constraint search_queries_query_check CHECK (((length(query) >= 1) AND (length(query) <= 200))),
  constraint search_queries_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX search_queries_by_day ON public.search_queries USING btree (tenant_id, day);
-- row-level security, forced
create policy reader_reads on search_queries for select to rustok_reader using (true) with check ();
create policy tenant_rows on search_queries for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on search_queries to rustok_app;

create table search_rules (
  id uuid not null,
  tenant_id uuid not null,
  kind text not null,
  locale text,
  query text not null,
  pinned uuid[] not null default '{}'::uuid[],
  hidden uuid[] not null default '{}'::uuid[],
  starts_at timestamp with time zone,
  ends_at timestamp with time zone,
  revision bigint not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint search_rules_check CHECK ((starts_at < ends_at)),
  constraint search_rules_kind_check CHECK ((kind = ANY (ARRAY['products'::text, 'content'::text]))),
  constraint search_rules_period_excl EXCLUDE USING gist (tenant_id WITH =, kind WITH =, COALESCE(locale, ''::text) WITH =, query WITH =, tstzrange(starts_at, ends_at) WITH &&),
  constraint search_rules_pkey PRIMARY KEY (id),
  constraint search_rules_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX search_rules_by_query ON public.search_rules USING btree (tenant_id, query, id);
-- row-level security, forced
create policy reader_reads on search_rules for select to rustok_reader using (true) with check ();
create policy tenant_rows on search_rules for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on search_rules to rustok_app;

create table search_settings (
  id uuid not null,
  tenant_id uuid not null,
  kind text not null,
  locale text not null,
  synonyms jsonb not null default '[]'::jsonb,
  stop_words text[] not null default '{}'::text[],
  ranking text[] not null,
  revision bigint not null default 1,
  updated_by uuid,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint search_settings_kind_check CHECK ((kind = ANY (ARRAY['products'::text, 'content'::text]))),
  constraint search_settings_locale_key UNIQUE (tenant_id, kind, locale),
  constraint search_settings_pkey PRIMARY KEY (id),
  constraint search_settings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
-- row-level security, forced
create policy reader_reads on search_settings for select to rustok_reader using (true) with check ();
create policy search_reads on search_settings for select to rustok_search using (true) with check ();
create policy tenant_rows on search_settings for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on search_settings to rustok_app;

create table second_factors (
  tenant_id uuid not null,
  user_id uuid not null,
  secret text not null,
  confirmed_at timestamp with time zone,
  last_step bigint not null default 0,
  constraint second_factors_pkey PRIMARY KEY (tenant_id, user_id),
  constraint second_factors_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint second_factors_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);
-- row-level security, forced
create policy tenant_rows on second_factors for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on second_factors to rustok_app;

create table sessions (
  id uuid not null,
  tenant_id uuid not null,
  user_id uuid not null,
  method text not null,
  salt text not null,
  generation integer not null default 1,
  address text,
  user_agent text,
  created_at timestamp with time zone not null default now(),
  refreshed_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  end_reason text,
  constraint sessions_check CHECK (((ended_at IS NULL) = (end_reason IS NULL))),
  constraint sessions_end_reason_check CHECK ((end_reason = ANY (ARRAY['signed-out'::text, 'reuse'::text, 'password'::text, 'administrator'::text]))),
  constraint sessions_method_check CHECK ((method = ANY (ARRAY['password'::text, 'oidc'::text]))),
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint sessions_tenant_id_id_key UNIQUE (tenant_id, id),
  constraint sessions_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX sessions_by_user ON public.sessions USING btree (tenant_id, user_id);
-- row-level security, forced
create policy reader_reads on sessions for select to rustok_reader using (true) with check ();
create policy tenant_rows on sessions for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on sessions to rustok_app;

create table signing_keys (
  id uuid not null,
  algorithm text not null,
  public_key jsonb not null,
  private_key text not null,
  signs_from timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  constraint signing_keys_algorithm_check CHECK ((algorithm = 'EdDSA'::text)),
  constraint signing_keys_pkey PRIMARY KEY (id)
);
grant delete, insert, select on signing_keys to rustok_app;

create table stock_counts (
  tenant_id uuid not null,
  variant_id uuid not null,
  location_id uuid not null,
  counted_at timestamp with time zone not null,
  constraint stock_counts_pkey PRIMARY KEY (tenant_id, variant_id, location_id),
  constraint stock_counts_tenant_id_location_id_fkey FOREIGN KEY (tenant_id, location_id) REFERENCES stock_locations(tenant_id, id) ON DELETE CASCADE,
  constraint stock_counts_tenant_id_variant_id_fkey FOREIGN KEY (tenant_id, variant_id) REFERENCES product_variants(tenant_id, id) ON DELETE CASCADE
);
-- row-level security, forced
create policy tenant_rows on stock_counts for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on stock_counts to rustok_app;

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
create policy tenant_rows on stock_locations for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on stock_locations to rustok_app;

create table stock_watches (
  tenant_id uuid not null,
  variant_id uuid not null,
  threshold integer,
  is_low boolean not null default false,
  constraint stock_watches_pkey PRIMARY KEY (tenant_id, variant_id),
  constraint stock_watches_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint stock_watches_tenant_id_variant_id_fkey FOREIGN KEY (tenant_id, variant_id) REFERENCES product_variants(tenant_id, id) ON DELETE CASCADE,
  constraint stock_watches_threshold_check CHECK ((threshold >= 0))
);
-- row-level security, forced
create policy tenant_rows on stock_watches for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on stock_watches to rustok_app;

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
  traceparent text default NULLIF(current_setting('rustok.traceparent'::text, true), ''::text),
  constraint sys_events_pkey PRIMARY KEY (id)
) partition by RANGE (id);
CREATE INDEX sys_events_by_aggregate ON ONLY public.sys_events USING btree (tenant_id, aggregate_id);
CREATE INDEX sys_events_by_dispatch ON ONLY public.sys_events USING brin (dispatched_at);
CREATE INDEX sys_events_by_request ON ONLY public.sys_events USING btree (request_id) WHERE (request_id IS NOT NULL);
CREATE INDEX sys_events_waiting ON ONLY public.sys_events USING btree (tenant_id, id) WHERE (dispatched_at IS NULL);
-- row-level security, forced
create policy relay_forgets on sys_events for delete to rustok_relay using (true) with check ();
create policy relay_marks on sys_events for update to rustok_relay using (true) with check (true);
create policy relay_reads on sys_events for select to rustok_relay using (true) with check ();
create policy tenant_rows on sys_events for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
create policy watch_reads on sys_events for select to rustok_watch using (true) with check ();
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
create policy reader_reads on tags for select to rustok_reader using (true) with check ();
create policy tenant_rows on tags for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on tags to rustok_app;

create table tenant_domains (
  host text not null,
  tenant_id uuid not null,
  constraint tenant_domains_host_check CHECK ((host = lower(host))),
  constraint tenant_domains_host_key PRIMARY KEY (host),
  constraint tenant_domains_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX tenant_domains_by_tenant ON public.tenant_domains USING btree (tenant_id);
CREATE TRIGGER announce_tenant_domain AFTER INSERT OR DELETE OR UPDATE ON public.tenant_domains FOR EACH ROW EXECUTE FUNCTION announce_tenant_domain();
-- row-level security, forced
create policy reader_reads on tenant_domains for select to rustok_reader using (true) with check ();
create policy tenant_rows on tenant_domains for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on tenant_domains to rustok_app;

create table tenant_modules (
  id uuid not null,
  tenant_id uuid not null,
  module text not null,
  enabled boolean not null,
  revision bigint not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint tenant_modules_module_key UNIQUE (tenant_id, module),
  constraint tenant_modules_pkey PRIMARY KEY (id),
  constraint tenant_modules_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint tenant_modules_tenant_id_id_key UNIQUE (tenant_id, id)
);
CREATE TRIGGER announce_tenant_modules AFTER INSERT OR DELETE OR UPDATE ON public.tenant_modules FOR EACH ROW EXECUTE FUNCTION announce_tenant_modules();
-- row-level security, forced
create policy reader_reads on tenant_modules for select to rustok_reader using (true) with check ();
create policy tenant_rows on tenant_modules for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on tenant_modules to rustok_app;

create table tenant_settings (
  tenant_id uuid not null,
  module text not null,
  value jsonb not null,
  revision bigint not null default 1,
  updated_at timestamp with time zone not null default now(),
  constraint tenant_settings_pkey PRIMARY KEY (tenant_id, module),
  constraint tenant_settings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint tenant_settings_value_check CHECK ((jsonb_typeof(value) = 'object'::text))
);
-- row-level security, forced
create policy tenant_rows on tenant_settings for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on tenant_settings to rustok_app;

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
  revision bigint not null default 1,
  updated_at timestamp with time zone not null default now(),
  suspended_at timestamp with time zone,
  suspension_reason text,
  exported_at timestamp with time zone,
  deletion_requested_at timestamp with time zone,
  exported_rows bigint,
  constraint tenants_check CHECK ((default_locale = ANY (locales))),
  constraint tenants_check1 CHECK ((default_currency = ANY (currencies))),
  constraint tenants_deleted_only_when_suspended CHECK (((deletion_requested_at IS NULL) OR (suspended_at IS NOT NULL))),
  constraint tenants_pkey PRIMARY KEY (id),
  constraint tenants_slug_check CHECK (((slug ~ '^[a-z0-9](-?[a-z0-9])*$'::text) AND (length(slug) <= 63))),
  constraint tenants_slug_key UNIQUE (slug)
);
CREATE TRIGGER announce_tenant AFTER INSERT OR DELETE OR UPDATE OF slug, name, default_locale, locales, default_currency, currencies, suspended_at ON public.tenants FOR EACH ROW EXECUTE FUNCTION announce_tenant();
CREATE TRIGGER begin_generations AFTER INSERT ON public.tenants FOR EACH ROW EXECUTE FUNCTION begin_generations();
-- row-level security, forced
create policy own_tenant on tenants for all to rustok_app using ((id = current_tenant())) with check ((id = current_tenant()));
create policy reader_reads on tenants for select to rustok_reader using (true) with check ();
create policy relay_reads_suspended on tenants for select to rustok_relay using ((suspended_at IS NOT NULL)) with check ();
create policy search_reads on tenants for select to rustok_search using (true) with check ();
create policy watch_reads on tenants for select to rustok_watch using (true) with check ();
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
create policy tenant_rows on tombstones for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on tombstones to rustok_app;

create table users (
  id uuid not null,
  tenant_id uuid not null,
  email text not null,
  name text not null,
  role text not null,
  password_hash text,
  created_at timestamp with time zone not null default now(),
  email_verified_at timestamp with time zone,
  revision bigint not null default 1,
  updated_at timestamp with time zone not null default now(),
  custom_role text generated always as (
CASE
    WHEN (role = ANY (ARRAY['administrator'::text, 'manager'::text, 'editor'::text, 'customer'::text])) THEN NULL::text
    ELSE role
END) stored,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_role_fkey FOREIGN KEY (tenant_id, custom_role) REFERENCES roles(tenant_id, slug),
  constraint users_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint users_tenant_id_id_key UNIQUE (tenant_id, id)
);
CREATE INDEX users_by_custom_role ON public.users USING btree (tenant_id, custom_role) WHERE (custom_role IS NOT NULL);
CREATE UNIQUE INDEX users_email ON public.users USING btree (tenant_id, lower(email));
-- row-level security, forced
create policy reader_reads on users for select to rustok_reader using (true) with check ();
create policy tenant_rows on users for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
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
create policy tenant_rows on variant_options for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
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
create policy tenant_rows on variant_translations for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on variant_translations to rustok_app;

create table webhook_attempts (
  id uuid not null,
  tenant_id uuid not null,
  delivery_id uuid not null,
  endpoint_id uuid not null,
  event_id uuid not null,
  event_type text not null,
  attempt integer not null,
  started_at timestamp with time zone not null,
  duration_ms integer not null,
  succeeded boolean not null,
  status_code integer,
  problem text,
  excerpt text,
  next_attempt_at timestamp with time zone,
  constraint webhook_attempts_pkey PRIMARY KEY (id),
  constraint webhook_attempts_tenant_id_delivery_id_fkey FOREIGN KEY (tenant_id, delivery_id) REFERENCES webhook_deliveries(tenant_id, id) ON DELETE CASCADE,
  constraint webhook_attempts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX webhook_attempts_by_age ON public.webhook_attempts USING btree (tenant_id, started_at);
CREATE INDEX webhook_attempts_by_delivery ON public.webhook_attempts USING btree (tenant_id, delivery_id);
CREATE INDEX webhook_attempts_by_endpoint ON public.webhook_attempts USING btree (tenant_id, endpoint_id, id);
-- row-level security, forced
create policy relay_reads on webhook_attempts for select to rustok_relay using (true) with check ();
create policy tenant_rows on webhook_attempts for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on webhook_attempts to rustok_app;

create table webhook_deliveries (
  id uuid not null,
  tenant_id uuid not null,
  endpoint_id uuid not null,
  event_id uuid not null,
  event_type text not null,
  payload jsonb not null,
  revision bigint not null,
  occurred_at timestamp with time zone not null,
  status text not null default 'pending'::text,
  attempts integer not null default 0,
  queued boolean not null default true,
  next_attempt_at timestamp with time zone,
  problem text,
  created_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint webhook_deliveries_check CHECK (((status = 'pending'::text) = (next_attempt_at IS NOT NULL))),
  constraint webhook_deliveries_pkey PRIMARY KEY (id),
  constraint webhook_deliveries_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text]))),
  constraint webhook_deliveries_tenant_id_endpoint_id_event_id_key UNIQUE (tenant_id, endpoint_id, event_id),
  constraint webhook_deliveries_tenant_id_endpoint_id_fkey FOREIGN KEY (tenant_id, endpoint_id) REFERENCES webhook_endpoints(tenant_id, id) ON DELETE CASCADE,
  constraint webhook_deliveries_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint webhook_deliveries_tenant_id_id_key UNIQUE (tenant_id, id)
);
CREATE INDEX webhook_deliveries_by_age ON public.webhook_deliveries USING btree (tenant_id, created_at);
CREATE INDEX webhook_deliveries_by_event ON public.webhook_deliveries USING btree (tenant_id, event_id);
CREATE INDEX webhook_deliveries_due ON public.webhook_deliveries USING btree (tenant_id, endpoint_id, next_attempt_at) WHERE (status = 'pending'::text);
-- row-level security, forced
create policy relay_reads on webhook_deliveries for select to rustok_relay using (true) with check ();
create policy tenant_rows on webhook_deliveries for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on webhook_deliveries to rustok_app;

create table webhook_endpoints (
  id uuid not null,
  tenant_id uuid not null,
  url text not null,
  description text not null default ''::text,
  patterns text[] not null,
  api_version text not null,
  header_names text[] not null default '{}'::text[],
  header_secrets text,
  secret text not null,
  previous_secret text,
  previous_secret_until timestamp with time zone,
  paused boolean not null default false,
  failing_since timestamp with time zone,
  disabled_at timestamp with time zone,
  disabled_reason text,
  revision bigint not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint webhook_endpoints_check CHECK (((previous_secret IS NULL) = (previous_secret_until IS NULL))),
  constraint webhook_endpoints_check1 CHECK (((disabled_at IS NULL) = (disabled_reason IS NULL))),
  constraint webhook_endpoints_patterns_check CHECK ((cardinality(patterns) > 0)),
  constraint webhook_endpoints_pkey PRIMARY KEY (id),
  constraint webhook_endpoints_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint webhook_endpoints_tenant_id_id_key UNIQUE (tenant_id, id)
);
-- row-level security, forced
create policy relay_reads on webhook_endpoints for select to rustok_relay using (true) with check ();
create policy tenant_rows on webhook_endpoints for all to rustok_app using ((tenant_id = ( SELECT current_tenant() AS current_tenant))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on webhook_endpoints to rustok_app;

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

CREATE OR REPLACE FUNCTION public.analyze_search_documents()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
      begin
        analyze search_documents;
      end $function$;
-- owned by postgres

CREATE OR REPLACE FUNCTION public.announce_tenant()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
      declare
        changed uuid := coalesce(new.id, old.id);
      begin
        perform announce_tenant_names(
          array(
            select distinct name
            from unnest(array['uuid:' || changed, 'slug:' || new.slug, 'slug:' || old.slug]) name
            where name is not null)
          || array(select 'host:' || host from tenant_domains where tenant_id = changed order by host));
        return null;
      end $function$;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.announce_tenant_domain()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        perform announce_tenant_names(array_remove(array['host:' || new.host, 'host:' || old.host], null));
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION public.announce_tenant_modules()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
      declare
        changed uuid := coalesce(new.tenant_id, old.tenant_id);
      begin
        perform announce_tenant_names(
          array(select unnest(array['uuid:' || id, 'slug:' || slug]) from tenants where id = changed)
          || array(select 'host:' || host from tenant_domains where tenant_id = changed order by host));
        return null;
      end $function$;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.announce_tenant_names(names text[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
      begin
        for start in 1 .. coalesce(cardinality(names), 0) by 20 loop
          perform pg_notify('tenant.cache.invalidate', json_build_object(
            'change', pg_current_xact_id()::text, 'names', names[start : start + 19])::text);
        end loop;
      end $function$;

CREATE OR REPLACE FUNCTION public.api_key_state(of_tenant uuid, of_prefix text)
 RETURNS TABLE(id uuid, hash text, scopes text[], last_used_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT k.id,
     k.hash,
     k.scopes,
     k.last_used_at
    FROM api_keys k
   WHERE ((k.tenant_id = api_key_state.of_tenant) AND (k.prefix = api_key_state.of_prefix) AND (k.revoked_at IS NULL) AND ((k.expires_at IS NULL) OR (k.expires_at > now())));
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.begin_generations()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        insert into index_generations (tenant_id, kind, generation, state, live_at)
        select new.id, kind, 1, 'live', now() from unnest(array['product', 'node', 'category']) kind;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION public.cjk_bigrams(given text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN (SELECT string_agg(CASE WHEN ((length(run.run) > 1) AND (run.run ~ '[぀-ヿ㐀-鿿豈-﫿]'::text)) THEN (SELECT string_agg(substr(run.run, i.i, 2), ' '::text ORDER BY i.i) AS string_agg FROM generate_series(1, (length(run.run) - 1)) i(i)) ELSE run.run END, ' '::text ORDER BY piece.place) AS string_agg FROM regexp_matches(cjk_bigrams.given, '[぀-ヿ㐀-鿿豈-﫿]+|[^぀-ヿ㐀-鿿豈-﫿]+'::text, 'g'::text) WITH ORDINALITY piece(parts, place), LATERAL unnest(piece.parts) run(run));

CREATE OR REPLACE FUNCTION public.count_searches(of_tenant uuid, counts jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET lock_timeout TO '2s'
AS $function$
      begin
        perform set_config('rustok.tenant', of_tenant::text, true);
        if not exists (select from tenants where id = of_tenant) then
          return;
        end if;
        insert into search_queries as known (tenant_id, day, locale, kind, query, searches, without_results)
        select of_tenant, day, locale, kind, query, searches, "withoutResults"
        from jsonb_to_recordset(counts)
          as given (day date, locale text, kind text, query text, searches bigint, "withoutResults" bigint)
        order by locale, query collate "C", day, kind
        on conflict (tenant_id, locale, query, day, kind) do update
        set searches = known.searches + excluded.searches,
            without_results = known.without_results + excluded.without_results;

        insert into search_popular as known (tenant_id, locale, query, score, last_day)
        select of_tenant, locale, query,
          sum((searches - "withoutResults") * power(2::float8, (day - date '2026-01-01') / 7::float8)), max(day)
        from jsonb_to_recordset(counts)
          as given (day date, locale text, query text, searches bigint, "withoutResults" bigint)
        where searches > "withoutResults"
        group by locale, query
        order by locale, query collate "C"
        on conflict (tenant_id, locale, query) do update
        set score = known.score + excluded.score, last_day = greatest(known.last_day, excluded.last_day);
      end $function$;

CREATE OR REPLACE FUNCTION public.current_tenant()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('rustok.tenant'::text, true), ''::text))::uuid;

CREATE OR REPLACE FUNCTION public.did_you_mean(of_tenant uuid, in_locale text, query text)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 WITH piece AS (
          SELECT split.part[1] AS written,
             split.place,
             (split.place = max(split.place) OVER ()) AS last,
             (tsvector_to_array(to_tsvector('rustok_words'::regconfig, search_text(split.part[1]))))[1] AS word
            FROM regexp_matches(NORMALIZE("left"(did_you_mean.query, 500)), '[[:alnum:]]+(?:[''’][[:alnum:]]+)*|[^[:alnum:]]+'::text, 'g'::text) WITH ORDINALITY split(part, place)
         ), language AS (
          SELECT DISTINCT search_config(locale.locale) AS config
            FROM tenants,
             LATERAL unnest(ARRAY[did_you_mean.in_locale, tenants.default_locale]) locale(locale)
           WHERE (tenants.id = did_you_mean.of_tenant)
         ), corrected AS MATERIALIZED (
          SELECT piece.place,
             piece.written,
                 CASE
                     WHEN ((piece.place < 40) AND (length(piece.word) >= 5) AND (piece.word !~ '[0-9]'::text) AND (NOT (EXISTS ( SELECT
                        FROM index_words known
                       WHERE ((known.tenant_id = did_you_mean.of_tenant) AND (known.locale = did_you_mean.in_locale) AND ((known.word >= piece.word) AND (known.word <=
                             CASE
                                 WHEN piece.last THEN (piece.word || '􏿿'::text)
                                 ELSE piece.word
                             END)))))) AND (NOT (EXISTS ( SELECT
                        FROM language,
                         LATERAL word_stem(language.config, piece.word) kin(kin)
                       WHERE ((kin.kin IS NULL) OR (EXISTS ( SELECT
                                FROM index_words known
                               WHERE ((known.tenant_id = did_you_mean.of_tenant) AND (known.locale = did_you_mean.in_locale) AND (known.stem = kin.kin))))))))) THEN likeliest_word(did_you_mean.of_tenant, did_you_mean.in_locale, piece.word)
                     ELSE NULL::text
                 END AS meant
            FROM piece
         )
  SELECT string_agg(COALESCE(corrected.meant, corrected.written), ''::text ORDER BY corrected.place) AS string_agg
    FROM corrected
  HAVING (count(corrected.meant) > 0);
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.disabled_modules(tenant uuid)
 RETURNS text[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT COALESCE(array_agg(m.module ORDER BY m.module), '{}'::text[]) AS "coalesce"
    FROM tenant_modules m
   WHERE ((m.tenant_id = disabled_modules.tenant) AND (NOT m.enabled));
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.drift_by_kind()
 RETURNS TABLE(kind text, rounds bigint, found bigint, refused bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT k.k,
     COALESCE(p.rounds, (0)::bigint) AS "coalesce",
     COALESCE(p.found, (0)::bigint) AS "coalesce",
     COALESCE(d.refused, (0)::bigint) AS "coalesce"
    FROM ((unnest(ARRAY['product'::text, 'node'::text, 'category'::text]) k(k)
      LEFT JOIN ( SELECT index_patrol.kind,
             sum(index_patrol.rounds) AS rounds,
             (sum(index_patrol.found))::bigint AS found
            FROM index_patrol
           GROUP BY index_patrol.kind) p ON ((p.kind = k.k)))
      LEFT JOIN ( SELECT search_documents.kind,
             count(*) AS refused
            FROM search_documents
           WHERE (search_documents.problem IS NOT NULL)
           GROUP BY search_documents.kind) d ON ((d.kind = k.k)));
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.drop_event_partition()
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
      declare
        old record;
      begin
        perform pg_advisory_xact_lock(hashtext('rustok event partitions'));
        perform set_config('lock_timeout', '1s', true);
        for old in
          select * from outbox.partitions p
          where p.until_id <= oldest_id_since(now() - interval '30 days') order by p.until_id
        loop
          continue when events_are_open(old.first_id, old.until_id)
                     or events_are_recent(old.first_id, old.until_id);
          -- From here on nobody writes, so what is seen to be over is. It is for a moment.
          lock table only sys_events in access exclusive mode;
          continue when events_are_open(old.first_id, old.until_id);
          execute format('alter table sys_events detach partition %s', old.partition);
          execute format('drop table %s', old.partition);
          return old.partition::text;
        end loop;
        return null;
      end $function$;
-- owned by postgres

CREATE OR REPLACE FUNCTION public.due_nodes(moment timestamp with time zone, after_due timestamp with time zone, after_id uuid, at_most integer)
 RETURNS TABLE(tenant_id uuid, id uuid, due timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT n.tenant_id,
     n.id,
     LEAST(n.publish_at, n.unpublish_at) AS "least"
    FROM (nodes n
      JOIN tenants t ON ((t.id = n.tenant_id)))
   WHERE (((n.publish_at IS NOT NULL) OR (n.unpublish_at IS NOT NULL)) AND (LEAST(n.publish_at, n.unpublish_at) <= due_nodes.moment) AND (LEAST(n.publish_at, n.unpublish_at) >= due_nodes.after_due) AND ((due_nodes.after_id IS NULL) OR (ROW(LEAST(n.publish_at, n.unpublish_at), n.id) > ROW(due_nodes.after_due, due_nodes.after_id))) AND (t.suspended_at IS NULL))
   ORDER BY LEAST(n.publish_at, n.unpublish_at), n.id
  LIMIT due_nodes.at_most;
END;
-- owned by rustok_watch

CREATE OR REPLACE FUNCTION public.due_products(moment timestamp with time zone, after_due timestamp with time zone, after_id uuid, at_most integer)
 RETURNS TABLE(tenant_id uuid, id uuid, due timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT p.tenant_id,
     p.id,
     LEAST(p.publish_at, p.unpublish_at) AS "least"
    FROM (products p
      JOIN tenants t ON ((t.id = p.tenant_id)))
   WHERE (((p.publish_at IS NOT NULL) OR (p.unpublish_at IS NOT NULL)) AND (LEAST(p.publish_at, p.unpublish_at) <= due_products.moment) AND (LEAST(p.publish_at, p.unpublish_at) >= due_products.after_due) AND ((due_products.after_id IS NULL) OR (ROW(LEAST(p.publish_at, p.unpublish_at), p.id) > ROW(due_products.after_due, due_products.after_id))) AND (t.suspended_at IS NULL))
   ORDER BY LEAST(p.publish_at, p.unpublish_at), p.id
  LIMIT due_products.at_most;
END;
-- owned by rustok_watch

CREATE OR REPLACE FUNCTION public.events_are_open(from_id uuid, until_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT ((EXISTS ( SELECT
            FROM sys_events e
           WHERE (((events_are_open.from_id IS NULL) OR (e.id >= events_are_open.from_id)) AND (e.id < events_are_open.until_id) AND (e.dispatched_at IS NULL)))) OR (EXISTS ( SELECT
            FROM (event_jobs s
              JOIN sys_events e ON ((e.id = s.event_id)))
           WHERE (((events_are_open.from_id IS NULL) OR (s.event_id >= events_are_open.from_id)) AND (s.event_id < events_are_open.until_id) AND (s.failure IS NOT NULL)))));
END;
-- owned by rustok_relay

CREATE OR REPLACE FUNCTION public.events_are_recent(from_id uuid, until_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT (EXISTS ( SELECT
            FROM sys_events e
           WHERE (((events_are_recent.from_id IS NULL) OR (e.id >= events_are_recent.from_id)) AND (e.id < events_are_recent.until_id) AND (e.dispatched_at >= (now() - '30 days'::interval))))) AS "exists";
END;
-- owned by rustok_relay

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
     t.created_at,
     t.revision,
     t.updated_at,
     t.suspended_at,
     t.suspension_reason,
     t.exported_at,
     t.deletion_requested_at,
     t.exported_rows
    FROM tenants t
   WHERE ((t.id = find_tenant.by_id) OR (t.slug = find_tenant.by_slug) OR (t.id = ( SELECT d.tenant_id
            FROM tenant_domains d
           WHERE (d.host = find_tenant.by_host))));
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.floor_log2(given bigint)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN (64 - POSITION(('1'::"bit") IN ((given)::bit(64))));

CREATE OR REPLACE FUNCTION public.forget_events_of_tenant(of_tenant uuid, at_most integer)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
      begin
        if not exists (select from tenants where id = of_tenant and deletion_requested_at is not null) then
          raise exception 'The tenant is not being deleted.' using errcode = 'object_not_in_prerequisite_state';
        end if;
        return remove_events_of_tenant(of_tenant, at_most);
      end $function$;
-- owned by rustok_relay

CREATE OR REPLACE FUNCTION public.forget_old_audit(days integer, at_most integer)
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 WITH old_entries AS (
          DELETE FROM audit_log
           WHERE (audit_log.id IN ( SELECT a.id
                    FROM audit_log a
                   WHERE (a.occurred_at < (now() - make_interval(days => GREATEST(forget_old_audit.days, 1))))
                   ORDER BY a.id
                  LIMIT forget_old_audit.at_most))
           RETURNING 1 AS "?column?"
         )
  SELECT count(*) AS count
    FROM old_entries;
END;
-- owned by rustok_auditor

CREATE OR REPLACE FUNCTION public.forget_old_steps(at_most integer)
 RETURNS TABLE(steps bigint, events bigint)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 WITH old_steps AS (
          DELETE FROM event_jobs
           WHERE ((event_jobs.event_id, event_jobs.job) IN ( SELECT s.event_id,
                     s.job
                    FROM event_jobs s
                   WHERE ((s.event_id < oldest_id_since((now() - '7 days'::interval))) AND (s.finished_at < (now() - '7 days'::interval)) AND (s.failure IS NULL))
                   ORDER BY s.event_id
                  LIMIT forget_old_steps.at_most))
           RETURNING 1 AS "?column?"
         ), old_events AS (
          DELETE FROM sys_events
           WHERE (sys_events.id IN ( SELECT e.id
                    FROM sys_events e
                   WHERE ((e.id < oldest_id_since(date_trunc('week'::text, (now() - '30 days'::interval), 'UTC'::text))) AND (e.dispatched_at < (now() - '30 days'::interval)) AND (NOT (EXISTS ( SELECT
                            FROM event_jobs s
                           WHERE ((s.event_id = e.id) AND (s.failure IS NOT NULL))))))
                   ORDER BY e.id
                  LIMIT forget_old_steps.at_most))
           RETURNING 1 AS "?column?"
         )
  SELECT ( SELECT count(*) AS count
            FROM old_steps) AS count,
     ( SELECT count(*) AS count
            FROM old_events) AS count;
END;
-- owned by rustok_relay

CREATE OR REPLACE FUNCTION public.hashes_of_tenant_names()
 RETURNS SETOF integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT ((('x'::text || "left"(md5(named.name), 8)))::bit(32))::integer AS int4
    FROM ( SELECT ('uuid:'::text || tenants.id) AS "?column?"
            FROM tenants
         UNION ALL
          SELECT ('slug:'::text || tenants.slug)
            FROM tenants
         UNION ALL
          SELECT ('host:'::text || tenant_domains.host)
            FROM tenant_domains) named(name);
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.iso8601(moment timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE STRICT
RETURN to_char((moment AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'::text);

CREATE OR REPLACE FUNCTION public.joined_words(given text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
      begin
        return (
          select string_agg(replace(word[1], '-', ''), ' ')
          from regexp_matches(given, '[[:alnum:]]+(?:-[[:alnum:]]+)+', 'g') as word);
      end $function$;

CREATE OR REPLACE FUNCTION public.lag_by_tenant(projections text[], recent_from timestamp with time zone, at_most integer)
 RETURNS TABLE(tenant_id uuid, slug text, projected_p50 double precision, projected_p99 double precision, searchable_p50 double precision, searchable_p99 double precision, events_waiting integer, oldest_event timestamp with time zone, documents_waiting integer, oldest_document timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET max_parallel_workers_per_gather TO '0'
 SET jit TO 'off'
BEGIN ATOMIC
 WITH events AS (
          SELECT e.tenant_id,
             (count(*))::integer AS waiting,
             min(e.occurred_at) AS oldest
            FROM sys_events e
           WHERE (e.dispatched_at IS NULL)
           GROUP BY e.tenant_id
         ), documents AS (
          SELECT d.tenant_id,
             (count(*))::integer AS waiting,
             min(d.since) AS oldest
            FROM (( SELECT w.tenant_id,
                     w.kind,
                     w.generation,
                     w.since
                    FROM search_documents w
                   WHERE ((w.sent_task IS NULL) AND (w.done_version IS DISTINCT FROM w.version))
                 UNION ALL
                  SELECT u.tenant_id,
                     u.kind,
                     u.generation,
                     u.since
                    FROM search_documents u
                   WHERE (u.sent_task IS NOT NULL)) d
              JOIN index_generations g USING (tenant_id, kind, generation))
           WHERE (g.state = 'live'::text)
           GROUP BY d.tenant_id
         )
  SELECT t.id,
     t.slug,
     projected.ms[1] AS ms,
     projected.ms[2] AS ms,
     searchable.ms[1] AS ms,
     searchable.ms[2] AS ms,
     COALESCE(events.waiting, 0) AS "coalesce",
     events.oldest,
     COALESCE(documents.waiting, 0) AS "coalesce",
     documents.oldest
    FROM ((((tenants t
      LEFT JOIN events ON ((events.tenant_id = t.id)))
      LEFT JOIN documents ON ((documents.tenant_id = t.id)))
      CROSS JOIN LATERAL ( SELECT percentile_cont((ARRAY[0.5, 0.99])::double precision[]) WITHIN GROUP (ORDER BY (((EXTRACT(epoch FROM (latest.finished_at - latest.occurred_at)) * (1000)::numeric))::double precision)) AS ms
            FROM ( SELECT s.finished_at,
                     e.occurred_at
                    FROM (event_jobs s
                      JOIN sys_events e ON ((e.id = s.event_id)))
                   WHERE ((s.tenant_id = t.id) AND (s.finished_at >= lag_by_tenant.recent_from) AND (s.job = ANY (lag_by_tenant.projections)) AND (s.failure IS NULL))
                   ORDER BY s.finished_at DESC
                  LIMIT lag_by_tenant.at_most) latest) projected)
      CROSS JOIN LATERAL ( SELECT percentile_cont((ARRAY[0.5, 0.99])::double precision[]) WITHIN GROUP (ORDER BY (((EXTRACT(epoch FROM (latest.done_at - latest.since)) * (1000)::numeric))::double precision)) AS ms
            FROM (index_generations g
              CROSS JOIN LATERAL ( SELECT d.done_at,
                     d.since
                    FROM search_documents d
                   WHERE ((d.tenant_id = g.tenant_id) AND (d.kind = g.kind) AND (d.generation = g.generation) AND (d.done_at >= GREATEST(lag_by_tenant.recent_from, g.live_at)) AND (d.done_version = d.version))
                   ORDER BY d.done_at DESC
                  LIMIT lag_by_tenant.at_most) latest)
           WHERE ((g.tenant_id = t.id) AND (g.state = 'live'::text))) searchable)
   WHERE (num_nonnulls(projected.ms, searchable.ms, events.waiting, documents.waiting) > 0)
   ORDER BY t.slug;
END;
-- owned by rustok_watch

CREATE OR REPLACE FUNCTION public.likeliest_word(of_tenant uuid, in_locale text, typed text)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
BEGIN ATOMIC
 SELECT guess.word
    FROM (unnest(misspelt_words(likeliest_word.of_tenant, likeliest_word.in_locale, likeliest_word.typed, false)) guess(word)
      JOIN index_words USING (word))
   WHERE ((index_words.tenant_id = likeliest_word.of_tenant) AND (index_words.locale = likeliest_word.in_locale))
   ORDER BY
         CASE
             WHEN (guess.word = ANY (transposed(likeliest_word.typed))) THEN 1
             ELSE levenshtein(guess.word, likeliest_word.typed)
         END, index_words.commonness DESC, (similarity(guess.word, likeliest_word.typed)) DESC, guess.word
  LIMIT 1;
END;

CREATE OR REPLACE FUNCTION public.list_tenants(after_id uuid, at_most integer)
 RETURNS TABLE(tenant tenants, domains text[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT t.*::tenants AS t,
     ARRAY( SELECT d.host
            FROM tenant_domains d
           WHERE (d.tenant_id = t.id)
           ORDER BY d.host) AS "array"
    FROM tenants t
   WHERE ((list_tenants.after_id IS NULL) OR (t.id > list_tenants.after_id))
   ORDER BY t.id
  LIMIT list_tenants.at_most;
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.live_generation(of_tenant uuid, of_kind text)
 RETURNS integer
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (SELECT index_generations.generation FROM index_generations WHERE ((index_generations.tenant_id = live_generation.of_tenant) AND (index_generations.kind = live_generation.of_kind) AND (index_generations.state = 'live'::text)));

CREATE OR REPLACE FUNCTION public.locale_rank(offered text, wanted text, fallback text)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE offered WHEN wanted THEN 0 WHEN fallback THEN 1 ELSE 2 END;

CREATE OR REPLACE FUNCTION public.make_event_partitions()
 RETURNS TABLE(made text, moved bigint)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
      declare
        begins timestamptz;
        ends timestamptz;
      begin
        perform pg_advisory_xact_lock(hashtext('rustok event partitions'));
        perform set_config('lock_timeout', '1s', true);
        select moment_of_id(max(p.until_id::text)::uuid) into begins from outbox.partitions p;
        while begins < now() + interval '4 weeks' loop
          ends := date_trunc('week', begins + interval '1 week', 'UTC');
          made := format('sys_events_from_%s', to_char(begins at time zone 'UTC', 'YYYYMMDD'));
          -- Made apart and attached, it keeps nobody waiting but whoever reads what fits nowhere.
          execute format('create table outbox.%I (like sys_events including all)', made);
          lock table outbox.sys_events_otherwise in access exclusive mode;
          execute format(
            'with misplaced as (
               delete from outbox.sys_events_otherwise where id >= %L and id < %L returning *
             ) insert into outbox.%I select * from misplaced',
            oldest_id_since(begins), oldest_id_since(ends), made);
          get diagnostics moved = row_count;
          execute format(
            'alter table sys_events attach partition outbox.%I for values from (%L) to (%L)',
            made, oldest_id_since(begins), oldest_id_since(ends));
          begins := ends;
          return next;
        end loop;
      end $function$;
-- owned by postgres

CREATE OR REPLACE FUNCTION public.misspelt_words(of_tenant uuid, in_locale text, typed text, unfinished boolean)
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
 SET "pg_trgm.similarity_threshold" TO '0.3'
 SET enable_seqscan TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
      declare
        typos constant integer := case
          when length(typed) > 42 then 0 when length(typed) >= 9 then 2 when length(typed) >= 5 then 1 else 0 end;
        swapped text[];
        swapped_twice text[] := '{}';
        beginning constant text := left(typed, 3);
      begin
        if typos = 0 then
          return '{}';
        end if;
        swapped := transposed(typed);
        if typos = 2 then
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

CREATE OR REPLACE FUNCTION public.moment_of_id(id uuid)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN to_timestamp((((((('x'::text || "left"(replace((id)::text, '-'::text, ''::text), 12)))::bit(48))::bigint)::numeric / 1000.0))::double precision);

CREATE OR REPLACE FUNCTION public.next_patrol()
 RETURNS TABLE(tenant_id uuid, kind text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT g.tenant_id,
     g.kind
    FROM (index_generations g
      LEFT JOIN index_patrol p USING (tenant_id, kind))
   WHERE (g.state = 'live'::text)
   ORDER BY COALESCE(p.looked_at, '-infinity'::timestamp with time zone), g.tenant_id, g.kind
  LIMIT 1;
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.note_words()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        insert into index_words as known (tenant_id, locale, word, stem, commonness)
        select tenant_id, locale, word, coalesce(stem, word), case when stem is null then -1 else floor_log2(documents) end
        from (
          select tenant_id, locale, shown_locale, word, count(*) as documents
          from fresh, unnest(tsvector_to_array(search)) as word
          group by 1, 2, 3, 4
        ) found,
        lateral (select word_stem(search_config(shown_locale), word) as stem) language
        where length(word) between 2 and 40
          and word !~ '[0-9]'
          and not exists (
            select from index_words same
            where same.tenant_id = found.tenant_id and same.locale = found.locale and same.word = found.word
              and (same.commonness < 0 or same.commonness >= floor_log2(documents)))
        order by tenant_id, locale, word, 4
        on conflict (tenant_id, locale, word, stem) do update
        set commonness = excluded.commonness
        where known.commonness < excluded.commonness;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION public.oldest_id_since(moment timestamp with time zone)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((lpad(to_hex(((EXTRACT(epoch FROM moment) * (1000)::numeric))::bigint), 12, '0'::text) || repeat('0'::text, 20)))::uuid;

CREATE OR REPLACE FUNCTION public.phrase_query(words text[])
 RETURNS tsquery
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN CASE cardinality(words) WHEN 0 THEN NULL::tsquery WHEN 1 THEN (quoted_word((words)[1]))::tsquery ELSE (((phrase_query(words, 'A'::text) || phrase_query(words, 'B'::text)) || phrase_query(words, 'C'::text)) || phrase_query(words, 'D'::text)) END;

CREATE OR REPLACE FUNCTION public.phrase_query(words text[], weight text)
 RETURNS tsquery
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN ((SELECT string_agg(((quoted_word(phrase.word) || ':'::text) || phrase_query.weight), ' <-> '::text ORDER BY phrase.place) AS string_agg FROM unnest(phrase_query.words) WITH ORDINALITY phrase(word, place)))::tsquery;

CREATE OR REPLACE FUNCTION public.phrase_words(given text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN ARRAY(SELECT word.lexeme FROM unnest(to_tsvector('rustok_words'::regconfig, search_text(phrase_words.given))) word(lexeme, positions, weights), LATERAL unnest(word.positions) "position"("position") ORDER BY "position"."position");

CREATE OR REPLACE FUNCTION public.plain_text(given text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN lower(unaccent('unaccent'::regdictionary, given));

CREATE OR REPLACE FUNCTION public.platform_home(of_user uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT platform_administrators.home_tenant_id
    FROM platform_administrators
   WHERE (platform_administrators.user_id = platform_home.of_user);
END;
-- owned by rustok_reader

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

CREATE OR REPLACE FUNCTION public.project_comments(node_ids uuid[])
 RETURNS TABLE(tenant_id uuid, comment_id uuid, post_id uuid, thread_id uuid, published_at timestamp with time zone, doc jsonb)
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 WITH RECURSIVE climb AS (
          SELECT c.id AS comment,
             c.id,
             c.parent_id,
             c.kind,
             NULL::uuid AS below
            FROM nodes c
           WHERE ((c.id = ANY (project_comments.node_ids)) AND (c.kind = 'comment'::text) AND (c.status = 'published'::text))
         UNION ALL
          SELECT climb.comment,
             above.id,
             above.parent_id,
             above.kind,
             climb.id
            FROM (climb
              JOIN nodes above ON ((above.id = climb.parent_id)))
           WHERE ((climb.kind = 'comment'::text) AND (above.status = 'published'::text))
         )
  SELECT n.tenant_id,
     n.id,
     top.id,
     top.below,
     n.published_at,
     jsonb_build_object('id', n.id, 'parentId', n.parent_id, 'authorName', COALESCE((n.fields ->> 'authorName'::text), ''::text), 'authorUrl', (n.fields ->> 'authorUrl'::text), 'html', COALESCE(( SELECT b.html
            FROM bodies b
           WHERE (b.node_id = n.id)
           ORDER BY b.locale
          LIMIT 1), ''::text), 'publishedAt', iso8601(n.published_at)) AS jsonb_build_object
    FROM (climb top
      JOIN nodes n ON ((n.id = top.comment)))
   WHERE (top.kind <> 'comment'::text);
END;

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
        left join nodes node
          on node.id = known.id and node.status = 'published' and node.kind <> 'comment'
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

CREATE OR REPLACE FUNCTION public.project_pages(page_ids uuid[])
 RETURNS TABLE(tenant_id uuid, page_id uuid, locale text, path text, title text, at_home boolean, parent_id uuid, "position" integer, breadcrumb jsonb)
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 WITH RECURSIVE climb AS (
          SELECT n_1.tenant_id,
             n_1.id AS page,
             n_1.id,
             n_1.parent_id,
             0 AS height
            FROM nodes n_1
           WHERE ((n_1.id = ANY (project_pages.page_ids)) AND (n_1.kind = 'page'::text) AND (n_1.status = 'published'::text))
         UNION ALL
          SELECT climb.tenant_id,
             climb.page,
             above_1.id,
             above_1.parent_id,
             (climb.height + 1)
            FROM (climb
              JOIN nodes above_1 ON ((above_1.id = climb.parent_id)))
           WHERE ((above_1.kind = 'page'::text) AND (above_1.status = 'published'::text))
         ), hidden AS (
          SELECT climb.page
            FROM (climb
              JOIN nodes above_1 ON ((above_1.id = climb.parent_id)))
           WHERE ((above_1.kind = 'page'::text) AND (above_1.status <> 'published'::text))
         ), step AS (
          SELECT climb.tenant_id,
             climb.page,
             climb.height,
             wanted.locale,
             texts.title,
             (texts.locale = wanted.locale) AS at_home,
             ('/'::text || string_agg(texts.slug, '/'::text) OVER (PARTITION BY climb.page, wanted.locale ORDER BY climb.height DESC)) AS path
            FROM (((climb
              JOIN tenants tenant ON ((tenant.id = climb.tenant_id)))
              CROSS JOIN LATERAL unnest(tenant.locales) wanted(locale))
              CROSS JOIN LATERAL ( SELECT t.locale,
                     t.slug,
                     t.title
                    FROM node_translations t
                   WHERE (t.node_id = climb.id)
                   ORDER BY (locale_rank(t.locale, wanted.locale, tenant.default_locale)), t.locale
                  LIMIT 1) texts)
           WHERE (NOT (climb.page IN ( SELECT hidden.page
                    FROM hidden)))
         ), trail AS (
          SELECT step.page,
             step.locale,
             jsonb_agg(jsonb_build_object('path', step.path, 'title', step.title) ORDER BY step.height DESC) AS breadcrumb
            FROM step
           GROUP BY step.page, step.locale
         )
  SELECT own.tenant_id,
     own.page,
     own.locale,
     own.path,
     own.title,
     own.at_home,
     above.id,
     n."position",
     trail.breadcrumb
    FROM (((step own
      JOIN trail ON (((trail.page = own.page) AND (trail.locale = own.locale))))
      JOIN nodes n ON ((n.id = own.page)))
      LEFT JOIN nodes above ON (((above.id = n.parent_id) AND (above.kind = 'page'::text))))
   WHERE (own.height = 0);
END;

CREATE OR REPLACE FUNCTION public.project_products(product_ids uuid[])
 RETURNS TABLE(tenant_id uuid, product_id uuid, locale text, revision bigint, shared_revision bigint, doc jsonb, shown_locale text, handle text, title text, vendor text, product_type text, category_handles text[], tag_handles text[], option_values text[], shows uuid[], in_stock boolean, prices jsonb, published_at timestamp with time zone, created_at timestamp with time zone, search tsvector, boost integer, popularity integer)
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
        select known.tenant_id, known.id, wanted.locale, known.revision, tenant.shared_revision, document.*,
          coalesce(product.boost, 0), coalesce(floor_log2(1 + sold.units), 0)
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
        left join product_sales sold on sold.product_id = product.id
        cross join lateral (
          select jsonb_build_object(
            'id', product.id,
            'revision', product.revision,
            'handle', product.handle,
            'vendor', product.vendor,
            'productType', product.product_type,
            'publishedAt', iso8601(product.published_at),
            'createdAt', iso8601(product.created_at),
            'updatedAt', iso8601(product.updated_at),
            'options', coalesce(options.list, '[]'),
            'priceRanges', coalesce(price_ranges.list, '[]'),
            'images', coalesce(images.list, '[]'),
            'tags', coalesce(tags.list, '[]')) as doc
          -- Keeps it from being made again for each locale.
          offset 0
        ) common

        cross join unnest(tenant.locales) as wanted (locale)
        cross join shown_categories(assigned.ids, wanted.locale, tenant.default_locale) categories
        left join lateral (
          select
            common.doc || jsonb_build_object(
              'locale', texts.locale,
              'title', texts.title,
              'description', texts.description,
              'seo', jsonb_build_object('title', texts.seo_title, 'description', texts.seo_description),
              'variants', coalesce(titled.variants, '[]'),
              'categories', coalesce(categories.list, '[]')),
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
            select jsonb_agg(facts || jsonb_build_object('title', coalesce(
                titles -> wanted.locale,
                titles -> tenant.default_locale,
                titles -> (select min(locale) from jsonb_object_keys(titles) as locale))) order by place) as variants
            from unnest(variants.list, variants.titles) with ordinality as v (facts, titles, place)
          ) titled
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
          'create policy tenant_rows on %s to rustok_app using (tenant_id = (select current_tenant())) with check (tenant_id = (select current_tenant()))',
          owned);
        execute format('grant select, insert, update, delete on %s to rustok_app', owned);
      end $function$;

CREATE OR REPLACE FUNCTION public.quoted_word(word text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN ((''''::text || replace(replace(word, '\'::text, '\\'::text), ''''::text, ''''''::text)) || ''''::text);

CREATE OR REPLACE FUNCTION public.remove_events_of_tenant(of_tenant uuid, at_most integer)
 RETURNS bigint
 LANGUAGE sql
 SET search_path TO 'public'
BEGIN ATOMIC
 WITH steps AS (
          DELETE FROM event_jobs
           WHERE (event_jobs.ctid = ANY (ARRAY( SELECT event_jobs_1.ctid
                    FROM event_jobs event_jobs_1
                   WHERE (event_jobs_1.tenant_id = remove_events_of_tenant.of_tenant)
                  LIMIT remove_events_of_tenant.at_most)))
           RETURNING 1 AS "?column?"
         ), events AS (
          DELETE FROM sys_events
           WHERE ((sys_events.tenant_id = remove_events_of_tenant.of_tenant) AND (sys_events.id = ANY (ARRAY( SELECT sys_events_1.id
                    FROM sys_events sys_events_1
                   WHERE (sys_events_1.tenant_id = remove_events_of_tenant.of_tenant)
                  LIMIT remove_events_of_tenant.at_most))))
           RETURNING 1 AS "?column?"
         )
  SELECT (( SELECT count(*) AS count
            FROM steps) + ( SELECT count(*) AS count
            FROM events));
END;

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
 SET effective_io_concurrency TO '0'
AS $function$
      declare
        asked content_search := jsonb_populate_record(null::content_search, request);
        live constant integer := live_generation(of_tenant, 'node');
        live_categories constant integer := live_generation(of_tenant, 'category');
        in_scope constant bigint := search_scope(of_tenant, asked.locale, live);
        browsing constant boolean := coalesce(asked.query, '') ~ '^\s*$' and coalesce(cardinality(asked.phrases), 0) = 0;
        counting constant boolean := coalesce(cardinality(asked.facets), 0) > 0;
        ordered constant text := case when browsing and asked.sort = 'relevance' then 'newest' else asked.sort end;
        -- Whether the index of words finds what is filtered by: the lists that are in it.
        listed constant boolean := asked.category_all is not null or asked.tag_all is not null
          or asked.category_any is not null and not 'categories' = any (asked.facets)
          or asked.tag_any is not null and not 'tags' = any (asked.facets);
        choosing constant boolean := coalesce(
          asked.category_any is not null and 'categories' = any (asked.facets)
          or asked.tag_any is not null and 'tags' = any (asked.facets)
          or asked.kinds is not null and 'kinds' = any (asked.facets)
          or asked.authors is not null and 'authors' = any (asked.facets), false);
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
        if browsing then
          if cardinality(asked.excluded) > 0 then
            select any_of(phrase_query(phrase_words(given))) into unwanted from unnest(asked.excluded) given;
          end if;
          if counting then
          with hit as materialized (
            select * from (
              select r.node_id as id,
                case when asked.category_any is not null and 'categories' = any (asked.facets) and (r.category_handles && asked.category_any) is not true then 1 else 0 end
                + case when asked.tag_any is not null and 'tags' = any (asked.facets) and (r.tag_handles && asked.tag_any) is not true then 2 else 0 end
                + case when asked.kinds is not null and 'kinds' = any (asked.facets) and (r.kind = any (asked.kinds)) is not true then 4 else 0 end
                + case when asked.authors is not null and 'authors' = any (asked.facets) and (r.author_handle = any (asked.authors)) is not true then 8 else 0 end as failed,
                case when 'categories' = any (asked.facets) then r.category_key end as category_key,
                case when 'tags' = any (asked.facets) then r.tag_key end as tag_key,
                case when 'kinds' = any (asked.facets) then r.kind end as kind,
                case when 'authors' = any (asked.facets) then r.author_handle end as author_handle,
                case ordered
                  when 'oldest' then extract(epoch from r.published_at)
                  else 0
                end::double precision as number,
                case ordered when 'title' then r.title else ''::text end as words
              from index_content r
              where (listed and r.scope = in_scope and (r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live) is true or not listed and r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live) and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.node_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.kinds is not null or 'kinds' = any (asked.facets) or r.kind = any (asked.kinds))
                and (not asked.authors is not null or 'authors' = any (asked.facets) or r.author_handle = any (asked.authors))
                and (asked.published_gte is null or r.published_at >= asked.published_gte)
                and (asked.published_lte is null or r.published_at <= asked.published_lte)
                and (asked.pinned is null or r.node_id <> all (asked.pinned)) and (unwanted is null or not r.search @@ unwanted)
              union all
              select r.node_id as id,
                case when asked.category_any is not null and 'categories' = any (asked.facets) and (r.category_handles && asked.category_any) is not true then 1 else 0 end
                + case when asked.tag_any is not null and 'tags' = any (asked.facets) and (r.tag_handles && asked.tag_any) is not true then 2 else 0 end
                + case when asked.kinds is not null and 'kinds' = any (asked.facets) and (r.kind = any (asked.kinds)) is not true then 4 else 0 end
                + case when asked.authors is not null and 'authors' = any (asked.facets) and (r.author_handle = any (asked.authors)) is not true then 8 else 0 end as failed,
                case when 'categories' = any (asked.facets) then r.category_key end as category_key,
                case when 'tags' = any (asked.facets) then r.tag_key end as tag_key,
                case when 'kinds' = any (asked.facets) then r.kind end as kind,
                case when 'authors' = any (asked.facets) then r.author_handle end as author_handle, (pin.place - 1e15)::double precision, ''::text
              from unnest(asked.pinned) with ordinality as pin (id, place)
              join index_content r on r.node_id = pin.id
              where asked.pinned is not null and r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.node_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.kinds is not null or 'kinds' = any (asked.facets) or r.kind = any (asked.kinds))
                and (not asked.authors is not null or 'authors' = any (asked.facets) or r.author_handle = any (asked.authors))
                and (asked.published_gte is null or r.published_at >= asked.published_gte)
                and (asked.published_lte is null or r.published_at <= asked.published_lte)
            ) r
            where failed & (failed - 1) = 0
          ),
          tally as (select count(*) as hits from hit where not choosing or failed = 0),
          page as (
            select id, number, words from (
              (select r.node_id as id, -extract(epoch from r.published_at)::double precision as number, ''::text as words
              from index_content r
              where by_age and r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live and (not listed or r.scope = in_scope) and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.node_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.kinds is not null or 'kinds' = any (asked.facets) or r.kind = any (asked.kinds))
                and (not asked.authors is not null or 'authors' = any (asked.facets) or r.author_handle = any (asked.authors))
                and (asked.published_gte is null or r.published_at >= asked.published_gte)
                and (asked.published_lte is null or r.published_at <= asked.published_lte)
                and (asked.pinned is null or r.node_id <> all (asked.pinned)) and (unwanted is null or not r.search @@ unwanted)
                and case when asked.category_any is not null and 'categories' = any (asked.facets) and (r.category_handles && asked.category_any) is not true then 1 else 0 end
                + case when asked.tag_any is not null and 'tags' = any (asked.facets) and (r.tag_handles && asked.tag_any) is not true then 2 else 0 end
                + case when asked.kinds is not null and 'kinds' = any (asked.facets) and (r.kind = any (asked.kinds)) is not true then 4 else 0 end
                + case when asked.authors is not null and 'authors' = any (asked.facets) and (r.author_handle = any (asked.authors)) is not true then 8 else 0 end = 0
                and (asked.after_id is null or asked.after_number < below_pins
                  or (r.published_at, r.node_id) < (to_timestamp(least(greatest(-asked.after_number, -2e11), 2e11)), asked.after_id))
              order by r.published_at desc, r.node_id desc
              limit reach) union all
              (select id, number, words from hit
              where (asked.after_id is null
                  or number > asked.after_number
                  or number = asked.after_number
                    and (words > asked.after_words or words = asked.after_words and id < asked.after_id))
                and (not by_age or number < below_pins)
                and (not choosing or failed = 0)
              order by number, words, id desc
              limit reach)
            ) found
            order by number, words, id desc
            offset coalesce(asked.after_offset, 0) limit asked.first + 1
          ),
          counted as (
            select 'categories' as facet, entry, hits, (
                select name from index_categories
                where tenant_id = of_tenant and scope = 'content' and locale = asked.locale
                  and generation = live_categories and handle = entry and visible limit 1) as label
            from (
              select entry, sum(alike)::bigint as hits, any_value(r.doc) as doc
              from (
                select category_key, count(*) as alike, any_value(id) as example
                from hit
                where (not choosing or failed | 1 = 1)
                group by category_key
              ) same
              join index_content r on r.tenant_id = of_tenant and r.node_id = example
                and r.locale = asked.locale and r.generation = live,
              unnest(r.category_handles) as entry
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent
            where 'categories' = any (asked.facets)
            union all
            select 'tags' as facet, entry, hits, (
                select tag ->> 'name' from jsonb_array_elements(doc -> 'tags') tag
                where tag ->> 'handle' = entry) as label
            from (
              select entry, sum(alike)::bigint as hits, any_value(r.doc) as doc
              from (
                select tag_key, count(*) as alike, any_value(id) as example
                from hit
                where (not choosing or failed | 2 = 2)
                group by tag_key
              ) same
              join index_content r on r.tenant_id = of_tenant and r.node_id = example
                and r.locale = asked.locale and r.generation = live,
              unnest(r.tag_handles) as entry
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent
            where 'tags' = any (asked.facets)
            union all
            select 'kinds' as facet, entry, hits, entry as label
            from (
              select kind as entry, count(*) as hits, any_value(id) as example
              from hit
              where (not choosing or failed | 4 = 4) and kind is not null
              group by kind
              order by hits desc, entry
              limit 100
            ) frequent
            where 'kinds' = any (asked.facets)
            union all
            select 'authors' as facet, entry, hits, r.doc -> 'author' ->> 'name' as label
            from (
              select author_handle as entry, count(*) as hits, any_value(id) as example
              from hit
              where (not choosing or failed | 8 = 8) and author_handle is not null
              group by author_handle
              order by hits desc, entry
              limit 100
            ) frequent join index_content r on r.tenant_id = of_tenant and r.node_id = example
                and r.locale = asked.locale and r.generation = live
            where 'authors' = any (asked.facets)
          )
          select null, json_build_object(
            'totalCount', case when asked.with_total then (select hits from tally) end,
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
                'locale', r.shown_locale,
              'kind', r.kind,
              'slug', r.slug,
              'excerpt', d.excerpt,
              'author', case when d.author is not null then
                json_build_object('handle', d.author -> 'handle', 'name', d.author -> 'name') end,
              'body', case when asked.with_body then left(d.html, 20000) end,
                'publishedAt', iso8601(r.published_at),
                'revision', r.revision,
                'indexedAt', iso8601(r.indexed_at)) order by number, words, id desc), '[]')
              from page
              join index_content r on r.node_id = id, jsonb_to_record(r.doc) as d (excerpt text, author jsonb, html text)
              where r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live))
          into total, answer;
          else
          with hit as not materialized (
              select r.node_id as id,
                case ordered
                  when 'oldest' then extract(epoch from r.published_at)
                  else 0
                end::double precision as number,
                case ordered when 'title' then r.title else ''::text end as words
              from index_content r
              where (listed and r.scope = in_scope and (r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live) is true or not listed and r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live) and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.node_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.kinds is not null or 'kinds' = any (asked.facets) or r.kind = any (asked.kinds))
                and (not asked.authors is not null or 'authors' = any (asked.facets) or r.author_handle = any (asked.authors))
                and (asked.published_gte is null or r.published_at >= asked.published_gte)
                and (asked.published_lte is null or r.published_at <= asked.published_lte)
                and (asked.pinned is null or r.node_id <> all (asked.pinned)) and (unwanted is null or not r.search @@ unwanted)
              union all
              select r.node_id as id, (pin.place - 1e15)::double precision, ''::text
              from unnest(asked.pinned) with ordinality as pin (id, place)
              join index_content r on r.node_id = pin.id
              where asked.pinned is not null and r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.node_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.kinds is not null or 'kinds' = any (asked.facets) or r.kind = any (asked.kinds))
                and (not asked.authors is not null or 'authors' = any (asked.facets) or r.author_handle = any (asked.authors))
                and (asked.published_gte is null or r.published_at >= asked.published_gte)
                and (asked.published_lte is null or r.published_at <= asked.published_lte)
          ),
          tally as (select count(*) as hits from hit),
          page as (
            select id, number, words from (
              (select r.node_id as id, -extract(epoch from r.published_at)::double precision as number, ''::text as words
              from index_content r
              where by_age and r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live and (not listed or r.scope = in_scope) and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.node_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.kinds is not null or 'kinds' = any (asked.facets) or r.kind = any (asked.kinds))
                and (not asked.authors is not null or 'authors' = any (asked.facets) or r.author_handle = any (asked.authors))
                and (asked.published_gte is null or r.published_at >= asked.published_gte)
                and (asked.published_lte is null or r.published_at <= asked.published_lte)
                and (asked.pinned is null or r.node_id <> all (asked.pinned)) and (unwanted is null or not r.search @@ unwanted)
                and (asked.after_id is null or asked.after_number < below_pins
                  or (r.published_at, r.node_id) < (to_timestamp(least(greatest(-asked.after_number, -2e11), 2e11)), asked.after_id))
              order by r.published_at desc, r.node_id desc
              limit reach) union all
              (select id, number, words from hit
              where (asked.after_id is null
                  or number > asked.after_number
                  or number = asked.after_number
                    and (words > asked.after_words or words = asked.after_words and id < asked.after_id))
                and (not by_age or number < below_pins)
              order by number, words, id desc
              limit reach)
            ) found
            order by number, words, id desc
            offset coalesce(asked.after_offset, 0) limit asked.first + 1
          )
          select null, json_build_object(
            'totalCount', case when asked.with_total then (select hits from tally) end,
            'terms', levels[array_upper(levels, 1)].ranker::text,
            'hits', (
              select coalesce(json_agg(json_build_object(
                'key', json_build_array(number, words, id),
                'id', id,
                'title', r.title,
                'locale', r.shown_locale,
              'kind', r.kind,
              'slug', r.slug,
              'excerpt', d.excerpt,
              'author', case when d.author is not null then
                json_build_object('handle', d.author -> 'handle', 'name', d.author -> 'name') end,
              'body', case when asked.with_body then left(d.html, 20000) end,
                'publishedAt', iso8601(r.published_at),
                'revision', r.revision,
                'indexedAt', iso8601(r.indexed_at)) order by number, words, id desc), '[]')
              from page
              join index_content r on r.node_id = id, jsonb_to_record(r.doc) as d (excerpt text, author jsonb, html text)
              where r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live))
          into total, answer;
          end if;
          return answer;
        end if;

        together := phraseto_tsquery('rustok_words', search_text(asked.query));
        if numnode(together) = 1 then
          together := null;
        end if;
        loop
          select array_agg(l order by level), array_agg(finder) into levels, finders
          from search_levels(of_tenant, asked.locale, coalesce(asked.query, ''), coalesce(asked.phrases, '{}'),
            asked.excluded, asked.synonyms, coalesce(asked.stop_words, '{}'), forgiving) l;
          units := cardinality(levels[1].titled);
          if counting then
          with hit as materialized (
            select * from (
              select r.node_id as id,
                case when asked.category_any is not null and 'categories' = any (asked.facets) and (r.category_handles && asked.category_any) is not true then 1 else 0 end
                + case when asked.tag_any is not null and 'tags' = any (asked.facets) and (r.tag_handles && asked.tag_any) is not true then 2 else 0 end
                + case when asked.kinds is not null and 'kinds' = any (asked.facets) and (r.kind = any (asked.kinds)) is not true then 4 else 0 end
                + case when asked.authors is not null and 'authors' = any (asked.facets) and (r.author_handle = any (asked.authors)) is not true then 8 else 0 end as failed,
                case when 'categories' = any (asked.facets) then r.category_key end as category_key,
                case when 'tags' = any (asked.facets) then r.tag_key end as tag_key,
                case when 'kinds' = any (asked.facets) then r.kind end as kind,
                case when 'authors' = any (asked.facets) then r.author_handle end as author_handle,
                case ordered
                  when 'relevance' then asked.by_match * (64 * wanted.level + case units
                    when 1 then 2 - (r.headline @@ wanted.titled[1])::integer - (r.headline @@ wanted.filed[1])::integer
                    when 2 then 2 - (r.headline @@ wanted.titled[1])::integer - (r.headline @@ wanted.filed[1])::integer + 2 - (r.headline @@ wanted.titled[2])::integer - (r.headline @@ wanted.filed[2])::integer
                    when 3 then 2 - (r.headline @@ wanted.titled[1])::integer - (r.headline @@ wanted.filed[1])::integer + 2 - (r.headline @@ wanted.titled[2])::integer - (r.headline @@ wanted.filed[2])::integer + 2 - (r.headline @@ wanted.titled[3])::integer - (r.headline @@ wanted.filed[3])::integer
                    else (
                      select sum(2 - (r.headline @@ titled)::integer - (r.headline @@ filed)::integer)
                      from unnest(wanted.titled, wanted.filed) as unit (titled, filed))
                  end)
                  + case when asked.by_recency > 0 then asked.by_recency * (65535 - least(greatest((r.published_at at time zone 'UTC')::date - date '1970-01-01', 0), 65535)) else 0 end
                  + case when r.headline @@ together then 0 else 256 end + least(octet_length(r.title), 255)
                  when 'newest' then -extract(epoch from r.published_at)
                  when 'oldest' then extract(epoch from r.published_at)
                  else 0
                end::double precision as number,
                case ordered when 'title' then r.title else ''::text end as words
              from unnest(levels) as wanted
              join index_content r on r.search @@ wanted.finder
              where r.scope = in_scope and (r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live) is true and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.node_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.kinds is not null or 'kinds' = any (asked.facets) or r.kind = any (asked.kinds))
                and (not asked.authors is not null or 'authors' = any (asked.facets) or r.author_handle = any (asked.authors))
                and (asked.published_gte is null or r.published_at >= asked.published_gte)
                and (asked.published_lte is null or r.published_at <= asked.published_lte)
                and (asked.pinned is null or r.node_id <> all (asked.pinned))
              union all
              select r.node_id as id,
                case when asked.category_any is not null and 'categories' = any (asked.facets) and (r.category_handles && asked.category_any) is not true then 1 else 0 end
                + case when asked.tag_any is not null and 'tags' = any (asked.facets) and (r.tag_handles && asked.tag_any) is not true then 2 else 0 end
                + case when asked.kinds is not null and 'kinds' = any (asked.facets) and (r.kind = any (asked.kinds)) is not true then 4 else 0 end
                + case when asked.authors is not null and 'authors' = any (asked.facets) and (r.author_handle = any (asked.authors)) is not true then 8 else 0 end as failed,
                case when 'categories' = any (asked.facets) then r.category_key end as category_key,
                case when 'tags' = any (asked.facets) then r.tag_key end as tag_key,
                case when 'kinds' = any (asked.facets) then r.kind end as kind,
                case when 'authors' = any (asked.facets) then r.author_handle end as author_handle, (pin.place - 1e15)::double precision, ''::text
              from unnest(asked.pinned) with ordinality as pin (id, place)
              join index_content r on r.node_id = pin.id
              where asked.pinned is not null and r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.node_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.kinds is not null or 'kinds' = any (asked.facets) or r.kind = any (asked.kinds))
                and (not asked.authors is not null or 'authors' = any (asked.facets) or r.author_handle = any (asked.authors))
                and (asked.published_gte is null or r.published_at >= asked.published_gte)
                and (asked.published_lte is null or r.published_at <= asked.published_lte)
            ) r
            where failed & (failed - 1) = 0
          ),
          tally as (select count(*) as hits from hit where not choosing or failed = 0),
          page as (
            select id, number, words from (
              (select id, number, words from hit
              where (asked.after_id is null
                  or number > asked.after_number
                  or number = asked.after_number
                    and (words > asked.after_words or words = asked.after_words and id < asked.after_id))
                and (not choosing or failed = 0)
              order by number, words, id desc
              limit reach)
            ) found
            order by number, words, id desc
            offset coalesce(asked.after_offset, 0) limit asked.first + 1
          ),
          counted as (
            select 'categories' as facet, entry, hits, (
                select name from index_categories
                where tenant_id = of_tenant and scope = 'content' and locale = asked.locale
                  and generation = live_categories and handle = entry and visible limit 1) as label
            from (
              select entry, sum(alike)::bigint as hits, any_value(r.doc) as doc
              from (
                select category_key, count(*) as alike, any_value(id) as example
                from hit
                where (not choosing or failed | 1 = 1)
                group by category_key
              ) same
              join index_content r on r.tenant_id = of_tenant and r.node_id = example
                and r.locale = asked.locale and r.generation = live,
              unnest(r.category_handles) as entry
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent
            where 'categories' = any (asked.facets)
            union all
            select 'tags' as facet, entry, hits, (
                select tag ->> 'name' from jsonb_array_elements(doc -> 'tags') tag
                where tag ->> 'handle' = entry) as label
            from (
              select entry, sum(alike)::bigint as hits, any_value(r.doc) as doc
              from (
                select tag_key, count(*) as alike, any_value(id) as example
                from hit
                where (not choosing or failed | 2 = 2)
                group by tag_key
              ) same
              join index_content r on r.tenant_id = of_tenant and r.node_id = example
                and r.locale = asked.locale and r.generation = live,
              unnest(r.tag_handles) as entry
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent
            where 'tags' = any (asked.facets)
            union all
            select 'kinds' as facet, entry, hits, entry as label
            from (
              select kind as entry, count(*) as hits, any_value(id) as example
              from hit
              where (not choosing or failed | 4 = 4) and kind is not null
              group by kind
              order by hits desc, entry
              limit 100
            ) frequent
            where 'kinds' = any (asked.facets)
            union all
            select 'authors' as facet, entry, hits, r.doc -> 'author' ->> 'name' as label
            from (
              select author_handle as entry, count(*) as hits, any_value(id) as example
              from hit
              where (not choosing or failed | 8 = 8) and author_handle is not null
              group by author_handle
              order by hits desc, entry
              limit 100
            ) frequent join index_content r on r.tenant_id = of_tenant and r.node_id = example
                and r.locale = asked.locale and r.generation = live
            where 'authors' = any (asked.facets)
          )
          select (select hits from tally), json_build_object(
            'totalCount', case when asked.with_total then (select hits from tally) end,
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
                'locale', r.shown_locale,
              'kind', r.kind,
              'slug', r.slug,
              'excerpt', d.excerpt,
              'author', case when d.author is not null then
                json_build_object('handle', d.author -> 'handle', 'name', d.author -> 'name') end,
              'body', case when asked.with_body then left(d.html, 20000) end,
                'publishedAt', iso8601(r.published_at),
                'revision', r.revision,
                'indexedAt', iso8601(r.indexed_at)) order by number, words, id desc), '[]')
              from page
              join index_content r on r.node_id = id, jsonb_to_record(r.doc) as d (excerpt text, author jsonb, html text)
              where r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live))
          into total, answer;
          else
          with hit as materialized (
              select r.node_id as id,
                case ordered
                  when 'relevance' then asked.by_match * (64 * wanted.level + case units
                    when 1 then 2 - (r.headline @@ wanted.titled[1])::integer - (r.headline @@ wanted.filed[1])::integer
                    when 2 then 2 - (r.headline @@ wanted.titled[1])::integer - (r.headline @@ wanted.filed[1])::integer + 2 - (r.headline @@ wanted.titled[2])::integer - (r.headline @@ wanted.filed[2])::integer
                    when 3 then 2 - (r.headline @@ wanted.titled[1])::integer - (r.headline @@ wanted.filed[1])::integer + 2 - (r.headline @@ wanted.titled[2])::integer - (r.headline @@ wanted.filed[2])::integer + 2 - (r.headline @@ wanted.titled[3])::integer - (r.headline @@ wanted.filed[3])::integer
                    else (
                      select sum(2 - (r.headline @@ titled)::integer - (r.headline @@ filed)::integer)
                      from unnest(wanted.titled, wanted.filed) as unit (titled, filed))
                  end)
                  + case when asked.by_recency > 0 then asked.by_recency * (65535 - least(greatest((r.published_at at time zone 'UTC')::date - date '1970-01-01', 0), 65535)) else 0 end
                  + case when r.headline @@ together then 0 else 256 end + least(octet_length(r.title), 255)
                  when 'newest' then -extract(epoch from r.published_at)
                  when 'oldest' then extract(epoch from r.published_at)
                  else 0
                end::double precision as number,
                case ordered when 'title' then r.title else ''::text end as words
              from unnest(levels) as wanted
              join index_content r on r.search @@ wanted.finder
              where r.scope = in_scope and (r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live) is true and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.node_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.kinds is not null or 'kinds' = any (asked.facets) or r.kind = any (asked.kinds))
                and (not asked.authors is not null or 'authors' = any (asked.facets) or r.author_handle = any (asked.authors))
                and (asked.published_gte is null or r.published_at >= asked.published_gte)
                and (asked.published_lte is null or r.published_at <= asked.published_lte)
                and (asked.pinned is null or r.node_id <> all (asked.pinned))
              union all
              select r.node_id as id, (pin.place - 1e15)::double precision, ''::text
              from unnest(asked.pinned) with ordinality as pin (id, place)
              join index_content r on r.node_id = pin.id
              where asked.pinned is not null and r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.node_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.kinds is not null or 'kinds' = any (asked.facets) or r.kind = any (asked.kinds))
                and (not asked.authors is not null or 'authors' = any (asked.facets) or r.author_handle = any (asked.authors))
                and (asked.published_gte is null or r.published_at >= asked.published_gte)
                and (asked.published_lte is null or r.published_at <= asked.published_lte)
          ),
          tally as (select count(*) as hits from hit),
          page as (
            select id, number, words from (
              (select id, number, words from hit
              where (asked.after_id is null
                  or number > asked.after_number
                  or number = asked.after_number
                    and (words > asked.after_words or words = asked.after_words and id < asked.after_id))
              order by number, words, id desc
              limit reach)
            ) found
            order by number, words, id desc
            offset coalesce(asked.after_offset, 0) limit asked.first + 1
          )
          select (select hits from tally), json_build_object(
            'totalCount', case when asked.with_total then (select hits from tally) end,
            'terms', levels[array_upper(levels, 1)].ranker::text,
            'hits', (
              select coalesce(json_agg(json_build_object(
                'key', json_build_array(number, words, id),
                'id', id,
                'title', r.title,
                'locale', r.shown_locale,
              'kind', r.kind,
              'slug', r.slug,
              'excerpt', d.excerpt,
              'author', case when d.author is not null then
                json_build_object('handle', d.author -> 'handle', 'name', d.author -> 'name') end,
              'body', case when asked.with_body then left(d.html, 20000) end,
                'publishedAt', iso8601(r.published_at),
                'revision', r.revision,
                'indexedAt', iso8601(r.indexed_at)) order by number, words, id desc), '[]')
              from page
              join index_content r on r.node_id = id, jsonb_to_record(r.doc) as d (excerpt text, author jsonb, html text)
              where r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live))
          into total, answer;
          end if;

          -- Typos are forgiven where the words as typed find fewer than ten, with or without filters. The
          -- limit is hidden in a sub-select, or the planner would walk all rows by their key in the hope
          -- of an early end.
          exit when forgiving or levels is null
            or total >= 10 + coalesce(cardinality(asked.pinned), 0)
            or (
              select count(*) = 10
              from (
                select from index_content r
                where r.scope = in_scope and (r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live) is true and r.visible and r.search @@ any (finders)
                limit (select 10)
              ) unfiltered);
          forgiving := true;
        end loop;
        return answer;
      end $function$;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.search_labels(of_tenant uuid, of_scope text, in_locale text, category_handles text[], tag_handles text[], author_handles text[])
 RETURNS TABLE(facet text, value text, label text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT 'categories'::text,
     c.handle,
     c.name
    FROM index_categories c
   WHERE ((c.tenant_id = search_labels.of_tenant) AND (c.scope = search_labels.of_scope) AND (c.locale = search_labels.in_locale) AND (c.handle = ANY (search_labels.category_handles)) AND c.visible AND (c.generation = ( SELECT live_generation(search_labels.of_tenant, 'category'::text) AS live_generation)))
 UNION ALL
  SELECT 'tags'::text,
     t.handle,
     t.name
    FROM tags t
   WHERE ((t.tenant_id = search_labels.of_tenant) AND (t.scope = search_labels.of_scope) AND (t.handle = ANY (search_labels.tag_handles)))
 UNION ALL
  SELECT 'authors'::text,
     a.handle,
     a.name
    FROM authors a
   WHERE ((a.tenant_id = search_labels.of_tenant) AND (a.handle = ANY (search_labels.author_handles)));
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.search_levels(of_tenant uuid, in_locale text, typed text, phrases text[], excluded text[], synonyms jsonb, stop_words text[], forgiving boolean)
 RETURNS SETOF search_level
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
        standing as (
          select word, position
          from unnest(to_tsvector('rustok_words', search_text(left(typed, 500)))) as found (word, positions, weights),
            unnest(positions) as position
        ),

        -- Where several words stand that others stand for, the longest first, none within two.
        synonym as (
          select list, phrase_words(entry) as words
          from jsonb_array_elements(synonyms) with ordinality as lists (entries, list),
            jsonb_array_elements_text(entries) as entry
        ),
        span as (
          select distinct words, position as first, position + cardinality(words) - 1 as last
          from synonym join standing on word = words[1]
          where cardinality(words) > 1 and not exists (
            select from unnest(words) with ordinality as part (word, place)
            where not exists (
              select from standing next
              where next.word = part.word and next.position = standing.position + place - 1))
        ),
        kept as (
          select words, first, last from span
          where not exists (
            select from span longer
            where longer.first <= span.last and longer.last >= span.first
              and (longer.last - longer.first, -longer.first) > (span.last - span.first, -span.first))
        ),

        judged as (
          select word, unit, spanned, stems, common, position,
            bool_and(common) over () and cardinality(phrases) = 0 as nothing_else,
            case when last = max(last) over () and typed !~ '\s$' then word end as beginning
          from (
            select word, coalesce(kept.first, min(position)) as unit, kept.first is not null as spanned,
              min(position) as position, max(position) as last
            from standing left join kept on position between kept.first and kept.last
            group by word, kept.first
          ) w,
          lateral (
            select array_remove(array_agg((tsvector_to_array(to_tsvector(config, word)))[1]), null) as stems
            from language
          ) l,
          lateral (
            select not spanned and case
              when cardinality(stems) = 0 then true
              when cardinality(stop_words) = 0 then false
              else word = any (phrase_words(array_to_string(stop_words, ' ')))
            end as common
          ) c
          order by position
          limit 10
        ),
        meant as (
          select word, unit, spanned, quoted_word(word) as quoted, quoted_word(beginning) as beginning,
            array(
              select quoted_word(kin.word) from index_words kin
              where kin.tenant_id = of_tenant and kin.locale = in_locale
                and kin.stem = any (stems) and kin.word <> judged.word) as kin,
            array(
              select quoted_word(kin.word)
              from index_words likely
              join index_words kin
                on kin.tenant_id = likely.tenant_id and kin.locale = likely.locale and kin.stem = likely.stem
              where likely.tenant_id = of_tenant and likely.locale = in_locale and likely.word = any (guesses)) as likely
          from judged
          -- Apart, or a plan for a table not yet analysed would guess anew for each word of the vocabulary.
          cross join lateral (
            select case when forgiving then
              misspelt_words(of_tenant, in_locale, judged.word, beginning is not null) end as guesses
            offset 0
          ) guessed
          where nothing_else or not common
        ),
        stood_for as (
          select unit, any_of(phrase_query(other.words)) as anywhere, any_of(phrase_query(other.words, 'A')) as titled
          from (
            select first, words from kept
            union all
            select unit, array[word] from meant where not spanned
          ) as typed_unit (unit, words)
          join synonym one using (words)
          join synonym other on other.list = one.list and other.words <> one.words and cardinality(other.words) > 0
          group by unit
        ),
        unit_level as (
          select n, unit,
            case when n > 1 and stood_for is not null then of_words.anywhere || stood_for.anywhere else of_words.anywhere end as anywhere,
            case when n > 1 and stood_for is not null then of_words.titled || stood_for.titled else of_words.titled end as titled,
            case when n > 1 and stood_for is not null then ranker || stood_for.anywhere else ranker end as ranker
          from (
            select n, unit, all_of(anywhere::tsquery) as anywhere, all_of(titled::tsquery) as titled,
              any_of(anywhere::tsquery) as ranker
            from meant,
              lateral (values
                (1, array[quoted], null),
                (2, quoted || kin, beginning),
                (3, quoted || kin || likely, beginning)) as step (n, words, start),
              lateral (select
                array_to_string(words, ' | ') || coalesce(' | ' || start || ':*', '') as anywhere,
                array_to_string(words, ':A | ') || ':A' || coalesce(' | ' || start || ':*A', '') as titled) as query
            where n < 3 or forgiving
            group by n, unit
          ) of_words
          left join stood_for using (unit)
          union all
          select n, 1000 + place, phrase_query(words), phrase_query(words, 'A'), phrase_query(words)
          from unnest(phrases) with ordinality as phrase (given, place),
            lateral phrase_words(given) as words, generate_series(1, case when forgiving then 3 else 2 end) as n
          where cardinality(words) > 0
        ),
        step as (
          select n, all_of(anywhere) as finder, array_agg(titled order by unit) as titled,
            array_agg(anywhere order by unit) as filed, any_of(ranker) as ranker
          from unit_level
          group by n
        ),
        exclusion as (
          select any_of(phrase_query(phrase_words(given))) as unwanted from unnest(excluded) as given
        )
        select n,
          case
            when before is null and unwanted is null then finder
            when before is null then finder && !!unwanted
            when unwanted is null then finder && !!before
            else finder && !!(before || unwanted)
          end,
          titled, filed, ranker
        from (select *, lag(finder) over (order by n) as before from step) step, exclusion
        where finder is distinct from before
        order by n;
      end $function$;

CREATE OR REPLACE FUNCTION public.search_place(of_tenant uuid, of_kind text, in_locale text, behind interval)
 RETURNS TABLE(generation integer, own boolean, ready boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT g.generation,
     g.own_index,
     (COALESCE(i.ready, false) AND (NOT (EXISTS ( SELECT
            FROM ( SELECT
                    FROM search_documents d
                   WHERE ((d.tenant_id = g.tenant_id) AND (d.generation = g.generation) AND (d.kind = g.kind) AND (d.locale = search_place.in_locale) AND (d.sent_task IS NULL) AND (d.done_version IS DISTINCT FROM d.version) AND (d.since < (now() - search_place.behind)))
                   ORDER BY d.since
                  LIMIT 1) longest_waiting))) AND (NOT (EXISTS ( SELECT
            FROM search_documents d
           WHERE ((d.sent_task IS NOT NULL) AND (d.tenant_id = g.tenant_id) AND (d.kind = g.kind) AND (d.generation = g.generation) AND (d.locale = search_place.in_locale) AND (d.since < (now() - search_place.behind)))))))
    FROM (index_generations g
      LEFT JOIN search_indexes i ON (((i.kind = g.kind) AND (i.locale = search_place.in_locale) AND (NOT (i.tenant_id IS DISTINCT FROM
         CASE
             WHEN g.own_index THEN g.tenant_id
             ELSE NULL::uuid
         END)))))
   WHERE ((g.tenant_id = search_place.of_tenant) AND (g.kind = search_place.of_kind) AND (g.state = 'live'::text));
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.search_products(of_tenant uuid, request jsonb)
 RETURNS json
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_custom_plan'
 SET enable_seqscan TO 'off'
 SET jit TO 'off'
 SET work_mem TO '32MB'
 SET effective_io_concurrency TO '0'
AS $function$
      declare
        asked products_search := jsonb_populate_record(null::products_search, request);
        live constant integer := live_generation(of_tenant, 'product');
        live_categories constant integer := live_generation(of_tenant, 'category');
        in_scope constant bigint := search_scope(of_tenant, asked.locale, live);
        browsing constant boolean := coalesce(asked.query, '') ~ '^\s*$' and coalesce(cardinality(asked.phrases), 0) = 0;
        counting constant boolean := coalesce(cardinality(asked.facets), 0) > 0;
        ordered constant text := case when browsing and asked.sort = 'relevance' then 'newest' else asked.sort end;
        -- Whether the index of words finds what is filtered by: the lists that are in it.
        listed constant boolean := asked.category_all is not null or asked.tag_all is not null
          or asked.category_any is not null and not 'categories' = any (asked.facets)
          or asked.tag_any is not null and not 'tags' = any (asked.facets);
        choosing constant boolean := coalesce(
          asked.category_any is not null and 'categories' = any (asked.facets)
          or asked.tag_any is not null and 'tags' = any (asked.facets)
          or asked.vendors is not null and 'vendors' = any (asked.facets)
          or asked.product_types is not null and 'productTypes' = any (asked.facets)
          or (asked.price_gte is not null or asked.price_lte is not null) and 'prices' = any (asked.facets)
          or asked.options is not null and 'options' = any (asked.facets), false);
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
        if browsing then
          if cardinality(asked.excluded) > 0 then
            select any_of(phrase_query(phrase_words(given))) into unwanted from unnest(asked.excluded) given;
          end if;
          if counting then
          with hit as materialized (
            select * from (
              select r.product_id as id,
                case when asked.category_any is not null and 'categories' = any (asked.facets) and (r.category_handles && asked.category_any) is not true then 1 else 0 end
                + case when asked.tag_any is not null and 'tags' = any (asked.facets) and (r.tag_handles && asked.tag_any) is not true then 2 else 0 end
                + case when asked.vendors is not null and 'vendors' = any (asked.facets) and (r.vendor = any (asked.vendors)) is not true then 4 else 0 end
                + case when asked.product_types is not null and 'productTypes' = any (asked.facets) and (r.product_type = any (asked.product_types)) is not true then 8 else 0 end
                + case when (asked.price_gte is not null or asked.price_lte is not null) and 'prices' = any (asked.facets) and ((r.prices -> asked.currency -> 'min')::bigint between coalesce(asked.price_gte, 0) and coalesce(asked.price_lte, 9007199254740991)) is not true then 16 else 0 end
                + case when asked.options is not null and 'options' = any (asked.facets) then coalesce((
                  select bit_or((32 << (array_position(asked.option_names, asked.option_names[i]))::integer - 1))
                  from generate_subscripts(asked.options, 1) i
                  where not r.option_values && asked.options[i:i]), 0) else 0 end as failed,
                case when 'categories' = any (asked.facets) then r.category_key end as category_key,
                case when 'tags' = any (asked.facets) then r.tag_key end as tag_key,
                case when 'vendors' = any (asked.facets) then r.vendor end as vendor,
                case when 'productTypes' = any (asked.facets) then r.product_type end as product_type,
                case when 'options' = any (asked.facets) then r.option_key end as option_key,
                case when 'prices' = any (asked.facets) then (r.prices -> asked.currency -> 'min')::bigint end as price,
                case ordered
                  when 'oldest' then extract(epoch from r.published_at)
                  when 'price_asc' then coalesce((r.prices -> asked.currency -> 'min')::bigint, 9007199254740991)
                  when 'price_desc' then coalesce(-(r.prices -> asked.currency -> 'min')::bigint, 9007199254740991)
                  else 0
                end::double precision as number,
                case ordered when 'title' then r.title else ''::text end as words
              from index_products r
              where (listed and r.scope = in_scope and (r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live) is true or not listed and r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live) and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.product_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.vendors is not null or 'vendors' = any (asked.facets) or r.vendor = any (asked.vendors))
                and (not asked.product_types is not null or 'productTypes' = any (asked.facets) or r.product_type = any (asked.product_types))
                and (not (asked.price_gte is not null or asked.price_lte is not null) or 'prices' = any (asked.facets) or (r.prices -> asked.currency -> 'min')::bigint between coalesce(asked.price_gte, 0) and coalesce(asked.price_lte, 9007199254740991))
                and (asked.in_stock is null or r.in_stock = asked.in_stock)
                and (asked.options is null or 'options' = any (asked.facets) or not exists (
                  select from generate_subscripts(asked.options, 1) i
                  where not r.option_values && asked.options[i:i]))
                and (asked.pinned is null or r.product_id <> all (asked.pinned)) and (unwanted is null or not r.search @@ unwanted)
              union all
              select r.product_id as id,
                case when asked.category_any is not null and 'categories' = any (asked.facets) and (r.category_handles && asked.category_any) is not true then 1 else 0 end
                + case when asked.tag_any is not null and 'tags' = any (asked.facets) and (r.tag_handles && asked.tag_any) is not true then 2 else 0 end
                + case when asked.vendors is not null and 'vendors' = any (asked.facets) and (r.vendor = any (asked.vendors)) is not true then 4 else 0 end
                + case when asked.product_types is not null and 'productTypes' = any (asked.facets) and (r.product_type = any (asked.product_types)) is not true then 8 else 0 end
                + case when (asked.price_gte is not null or asked.price_lte is not null) and 'prices' = any (asked.facets) and ((r.prices -> asked.currency -> 'min')::bigint between coalesce(asked.price_gte, 0) and coalesce(asked.price_lte, 9007199254740991)) is not true then 16 else 0 end
                + case when asked.options is not null and 'options' = any (asked.facets) then coalesce((
                  select bit_or((32 << (array_position(asked.option_names, asked.option_names[i]))::integer - 1))
                  from generate_subscripts(asked.options, 1) i
                  where not r.option_values && asked.options[i:i]), 0) else 0 end as failed,
                case when 'categories' = any (asked.facets) then r.category_key end as category_key,
                case when 'tags' = any (asked.facets) then r.tag_key end as tag_key,
                case when 'vendors' = any (asked.facets) then r.vendor end as vendor,
                case when 'productTypes' = any (asked.facets) then r.product_type end as product_type,
                case when 'options' = any (asked.facets) then r.option_key end as option_key,
                case when 'prices' = any (asked.facets) then (r.prices -> asked.currency -> 'min')::bigint end as price, (pin.place - 1e15)::double precision, ''::text
              from unnest(asked.pinned) with ordinality as pin (id, place)
              join index_products r on r.product_id = pin.id
              where asked.pinned is not null and r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.product_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.vendors is not null or 'vendors' = any (asked.facets) or r.vendor = any (asked.vendors))
                and (not asked.product_types is not null or 'productTypes' = any (asked.facets) or r.product_type = any (asked.product_types))
                and (not (asked.price_gte is not null or asked.price_lte is not null) or 'prices' = any (asked.facets) or (r.prices -> asked.currency -> 'min')::bigint between coalesce(asked.price_gte, 0) and coalesce(asked.price_lte, 9007199254740991))
                and (asked.in_stock is null or r.in_stock = asked.in_stock)
                and (asked.options is null or 'options' = any (asked.facets) or not exists (
                  select from generate_subscripts(asked.options, 1) i
                  where not r.option_values && asked.options[i:i]))
            ) r
            where failed & (failed - 1) = 0
          ),
          tally as (select count(*) as hits from hit where not choosing or failed = 0),
          page as (
            select id, number, words from (
              (select r.product_id as id, -extract(epoch from r.published_at)::double precision as number, ''::text as words
              from index_products r
              where by_age and r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live and (not listed or r.scope = in_scope) and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.product_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.vendors is not null or 'vendors' = any (asked.facets) or r.vendor = any (asked.vendors))
                and (not asked.product_types is not null or 'productTypes' = any (asked.facets) or r.product_type = any (asked.product_types))
                and (not (asked.price_gte is not null or asked.price_lte is not null) or 'prices' = any (asked.facets) or (r.prices -> asked.currency -> 'min')::bigint between coalesce(asked.price_gte, 0) and coalesce(asked.price_lte, 9007199254740991))
                and (asked.in_stock is null or r.in_stock = asked.in_stock)
                and (asked.options is null or 'options' = any (asked.facets) or not exists (
                  select from generate_subscripts(asked.options, 1) i
                  where not r.option_values && asked.options[i:i]))
                and (asked.pinned is null or r.product_id <> all (asked.pinned)) and (unwanted is null or not r.search @@ unwanted)
                and case when asked.category_any is not null and 'categories' = any (asked.facets) and (r.category_handles && asked.category_any) is not true then 1 else 0 end
                + case when asked.tag_any is not null and 'tags' = any (asked.facets) and (r.tag_handles && asked.tag_any) is not true then 2 else 0 end
                + case when asked.vendors is not null and 'vendors' = any (asked.facets) and (r.vendor = any (asked.vendors)) is not true then 4 else 0 end
                + case when asked.product_types is not null and 'productTypes' = any (asked.facets) and (r.product_type = any (asked.product_types)) is not true then 8 else 0 end
                + case when (asked.price_gte is not null or asked.price_lte is not null) and 'prices' = any (asked.facets) and ((r.prices -> asked.currency -> 'min')::bigint between coalesce(asked.price_gte, 0) and coalesce(asked.price_lte, 9007199254740991)) is not true then 16 else 0 end
                + case when asked.options is not null and 'options' = any (asked.facets) then coalesce((
                  select bit_or((32 << (array_position(asked.option_names, asked.option_names[i]))::integer - 1))
                  from generate_subscripts(asked.options, 1) i
                  where not r.option_values && asked.options[i:i]), 0) else 0 end = 0
                and (asked.after_id is null or asked.after_number < below_pins
                  or (r.published_at, r.product_id) < (to_timestamp(least(greatest(-asked.after_number, -2e11), 2e11)), asked.after_id))
              order by r.published_at desc, r.product_id desc
              limit reach) union all
              (select id, number, words from hit
              where (asked.after_id is null
                  or number > asked.after_number
                  or number = asked.after_number
                    and (words > asked.after_words or words = asked.after_words and id < asked.after_id))
                and (not by_age or number < below_pins)
                and (not choosing or failed = 0)
              order by number, words, id desc
              limit reach)
            ) found
            order by number, words, id desc
            offset coalesce(asked.after_offset, 0) limit asked.first + 1
          ),
          counted as (
            select 'categories' as facet, entry, hits, (
                select name from index_categories
                where tenant_id = of_tenant and scope = 'product' and locale = asked.locale
                  and generation = live_categories and handle = entry and visible limit 1) as label
            from (
              select entry, sum(alike)::bigint as hits, any_value(r.doc) as doc
              from (
                select category_key, count(*) as alike, any_value(id) as example
                from hit
                where (not choosing or failed | 1 = 1)
                group by category_key
              ) same
              join index_products r on r.tenant_id = of_tenant and r.product_id = example
                and r.locale = asked.locale and r.generation = live,
              unnest(r.category_handles) as entry
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent
            where 'categories' = any (asked.facets)
            union all
            select 'tags' as facet, entry, hits, (
                select tag ->> 'name' from jsonb_array_elements(doc -> 'tags') tag
                where tag ->> 'handle' = entry) as label
            from (
              select entry, sum(alike)::bigint as hits, any_value(r.doc) as doc
              from (
                select tag_key, count(*) as alike, any_value(id) as example
                from hit
                where (not choosing or failed | 2 = 2)
                group by tag_key
              ) same
              join index_products r on r.tenant_id = of_tenant and r.product_id = example
                and r.locale = asked.locale and r.generation = live,
              unnest(r.tag_handles) as entry
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent
            where 'tags' = any (asked.facets)
            union all
            select 'vendors' as facet, entry, hits, entry as label
            from (
              select vendor as entry, count(*) as hits, any_value(id) as example
              from hit
              where (not choosing or failed | 4 = 4) and vendor is not null
              group by vendor
              order by hits desc, entry
              limit 100
            ) frequent
            where 'vendors' = any (asked.facets)
            union all
            select 'productTypes' as facet, entry, hits, entry as label
            from (
              select product_type as entry, count(*) as hits, any_value(id) as example
              from hit
              where (not choosing or failed | 8 = 8) and product_type is not null
              group by product_type
              order by hits desc, entry
              limit 100
            ) frequent
            where 'productTypes' = any (asked.facets)
            union all
            select 'options' as facet, entry, hits, entry as label
            from (
              select entry, sum(alike)::bigint as hits, any_value(r.doc) as doc
              from (
                select option_key, failed, count(*) as alike, any_value(id) as example
                from hit
                where true
                group by option_key, failed
              ) same
              join index_products r on r.tenant_id = of_tenant and r.product_id = example
                and r.locale = asked.locale and r.generation = live,
              unnest(r.option_values) as entry
              where failed = 0 or exists (
                  select from unnest(asked.option_names) with ordinality as own (name, place)
                  where starts_with(entry, own.name || '=') and failed = (32 << (own.place)::integer - 1))
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent
            where 'options' = any (asked.facets)
          )
          select null, json_build_object(
            'totalCount', case when asked.with_total then (select hits from tally) end,
          'priceRange', (
            select json_build_object('currency', asked.currency, 'min', min(price), 'max', max(price))
            from hit
            where 'prices' = any (asked.facets) and (not choosing or failed | 16 = 16)
            having min(price) is not null),
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
                'locale', r.shown_locale,
              'handle', r.handle,
              'vendor', r.vendor,
              'productType', r.product_type,
              'image', d.images -> 0,
              'priceRange', jsonb_build_object('currency', asked.currency) || (r.prices -> asked.currency),
              'inStock', r.in_stock,
              'body', case when asked.with_body then left(d.description, 20000) end,
                'publishedAt', iso8601(r.published_at),
                'revision', r.revision,
                'indexedAt', iso8601(r.indexed_at)) order by number, words, id desc), '[]')
              from page
              join index_products r on r.product_id = id, jsonb_to_record(r.doc) as d (images jsonb, description text)
              where r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live))
          into total, answer;
          else
          with hit as not materialized (
              select r.product_id as id,
                case ordered
                  when 'oldest' then extract(epoch from r.published_at)
                  when 'price_asc' then coalesce((r.prices -> asked.currency -> 'min')::bigint, 9007199254740991)
                  when 'price_desc' then coalesce(-(r.prices -> asked.currency -> 'min')::bigint, 9007199254740991)
                  else 0
                end::double precision as number,
                case ordered when 'title' then r.title else ''::text end as words
              from index_products r
              where (listed and r.scope = in_scope and (r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live) is true or not listed and r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live) and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.product_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.vendors is not null or 'vendors' = any (asked.facets) or r.vendor = any (asked.vendors))
                and (not asked.product_types is not null or 'productTypes' = any (asked.facets) or r.product_type = any (asked.product_types))
                and (not (asked.price_gte is not null or asked.price_lte is not null) or 'prices' = any (asked.facets) or (r.prices -> asked.currency -> 'min')::bigint between coalesce(asked.price_gte, 0) and coalesce(asked.price_lte, 9007199254740991))
                and (asked.in_stock is null or r.in_stock = asked.in_stock)
                and (asked.options is null or 'options' = any (asked.facets) or not exists (
                  select from generate_subscripts(asked.options, 1) i
                  where not r.option_values && asked.options[i:i]))
                and (asked.pinned is null or r.product_id <> all (asked.pinned)) and (unwanted is null or not r.search @@ unwanted)
              union all
              select r.product_id as id, (pin.place - 1e15)::double precision, ''::text
              from unnest(asked.pinned) with ordinality as pin (id, place)
              join index_products r on r.product_id = pin.id
              where asked.pinned is not null and r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.product_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.vendors is not null or 'vendors' = any (asked.facets) or r.vendor = any (asked.vendors))
                and (not asked.product_types is not null or 'productTypes' = any (asked.facets) or r.product_type = any (asked.product_types))
                and (not (asked.price_gte is not null or asked.price_lte is not null) or 'prices' = any (asked.facets) or (r.prices -> asked.currency -> 'min')::bigint between coalesce(asked.price_gte, 0) and coalesce(asked.price_lte, 9007199254740991))
                and (asked.in_stock is null or r.in_stock = asked.in_stock)
                and (asked.options is null or 'options' = any (asked.facets) or not exists (
                  select from generate_subscripts(asked.options, 1) i
                  where not r.option_values && asked.options[i:i]))
          ),
          tally as (select count(*) as hits from hit),
          page as (
            select id, number, words from (
              (select r.product_id as id, -extract(epoch from r.published_at)::double precision as number, ''::text as words
              from index_products r
              where by_age and r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live and (not listed or r.scope = in_scope) and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.product_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.vendors is not null or 'vendors' = any (asked.facets) or r.vendor = any (asked.vendors))
                and (not asked.product_types is not null or 'productTypes' = any (asked.facets) or r.product_type = any (asked.product_types))
                and (not (asked.price_gte is not null or asked.price_lte is not null) or 'prices' = any (asked.facets) or (r.prices -> asked.currency -> 'min')::bigint between coalesce(asked.price_gte, 0) and coalesce(asked.price_lte, 9007199254740991))
                and (asked.in_stock is null or r.in_stock = asked.in_stock)
                and (asked.options is null or 'options' = any (asked.facets) or not exists (
                  select from generate_subscripts(asked.options, 1) i
                  where not r.option_values && asked.options[i:i]))
                and (asked.pinned is null or r.product_id <> all (asked.pinned)) and (unwanted is null or not r.search @@ unwanted)
                and (asked.after_id is null or asked.after_number < below_pins
                  or (r.published_at, r.product_id) < (to_timestamp(least(greatest(-asked.after_number, -2e11), 2e11)), asked.after_id))
              order by r.published_at desc, r.product_id desc
              limit reach) union all
              (select id, number, words from hit
              where (asked.after_id is null
                  or number > asked.after_number
                  or number = asked.after_number
                    and (words > asked.after_words or words = asked.after_words and id < asked.after_id))
                and (not by_age or number < below_pins)
              order by number, words, id desc
              limit reach)
            ) found
            order by number, words, id desc
            offset coalesce(asked.after_offset, 0) limit asked.first + 1
          )
          select null, json_build_object(
            'totalCount', case when asked.with_total then (select hits from tally) end,
            'terms', levels[array_upper(levels, 1)].ranker::text,
            'hits', (
              select coalesce(json_agg(json_build_object(
                'key', json_build_array(number, words, id),
                'id', id,
                'title', r.title,
                'locale', r.shown_locale,
              'handle', r.handle,
              'vendor', r.vendor,
              'productType', r.product_type,
              'image', d.images -> 0,
              'priceRange', jsonb_build_object('currency', asked.currency) || (r.prices -> asked.currency),
              'inStock', r.in_stock,
              'body', case when asked.with_body then left(d.description, 20000) end,
                'publishedAt', iso8601(r.published_at),
                'revision', r.revision,
                'indexedAt', iso8601(r.indexed_at)) order by number, words, id desc), '[]')
              from page
              join index_products r on r.product_id = id, jsonb_to_record(r.doc) as d (images jsonb, description text)
              where r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live))
          into total, answer;
          end if;
          return answer;
        end if;

        together := phraseto_tsquery('rustok_words', search_text(asked.query));
        if numnode(together) = 1 then
          together := null;
        end if;
        loop
          select array_agg(l order by level), array_agg(finder) into levels, finders
          from search_levels(of_tenant, asked.locale, coalesce(asked.query, ''), coalesce(asked.phrases, '{}'),
            asked.excluded, asked.synonyms, coalesce(asked.stop_words, '{}'), forgiving) l;
          units := cardinality(levels[1].titled);
          if counting then
          with hit as materialized (
            select * from (
              select r.product_id as id,
                case when asked.category_any is not null and 'categories' = any (asked.facets) and (r.category_handles && asked.category_any) is not true then 1 else 0 end
                + case when asked.tag_any is not null and 'tags' = any (asked.facets) and (r.tag_handles && asked.tag_any) is not true then 2 else 0 end
                + case when asked.vendors is not null and 'vendors' = any (asked.facets) and (r.vendor = any (asked.vendors)) is not true then 4 else 0 end
                + case when asked.product_types is not null and 'productTypes' = any (asked.facets) and (r.product_type = any (asked.product_types)) is not true then 8 else 0 end
                + case when (asked.price_gte is not null or asked.price_lte is not null) and 'prices' = any (asked.facets) and ((r.prices -> asked.currency -> 'min')::bigint between coalesce(asked.price_gte, 0) and coalesce(asked.price_lte, 9007199254740991)) is not true then 16 else 0 end
                + case when asked.options is not null and 'options' = any (asked.facets) then coalesce((
                  select bit_or((32 << (array_position(asked.option_names, asked.option_names[i]))::integer - 1))
                  from generate_subscripts(asked.options, 1) i
                  where not r.option_values && asked.options[i:i]), 0) else 0 end as failed,
                case when 'categories' = any (asked.facets) then r.category_key end as category_key,
                case when 'tags' = any (asked.facets) then r.tag_key end as tag_key,
                case when 'vendors' = any (asked.facets) then r.vendor end as vendor,
                case when 'productTypes' = any (asked.facets) then r.product_type end as product_type,
                case when 'options' = any (asked.facets) then r.option_key end as option_key,
                case when 'prices' = any (asked.facets) then (r.prices -> asked.currency -> 'min')::bigint end as price,
                case ordered
                  when 'relevance' then asked.by_match * (64 * wanted.level + case units
                    when 1 then 2 - (r.headline @@ wanted.titled[1])::integer - (r.headline @@ wanted.filed[1])::integer
                    when 2 then 2 - (r.headline @@ wanted.titled[1])::integer - (r.headline @@ wanted.filed[1])::integer + 2 - (r.headline @@ wanted.titled[2])::integer - (r.headline @@ wanted.filed[2])::integer
                    when 3 then 2 - (r.headline @@ wanted.titled[1])::integer - (r.headline @@ wanted.filed[1])::integer + 2 - (r.headline @@ wanted.titled[2])::integer - (r.headline @@ wanted.filed[2])::integer + 2 - (r.headline @@ wanted.titled[3])::integer - (r.headline @@ wanted.filed[3])::integer
                    else (
                      select sum(2 - (r.headline @@ titled)::integer - (r.headline @@ filed)::integer)
                      from unnest(wanted.titled, wanted.filed) as unit (titled, filed))
                  end)
                  + case when asked.by_boost > 0 then asked.by_boost * (100 - r.boost) else 0 end
                  + case when asked.by_stock > 0 then asked.by_stock * ((not r.in_stock)::integer) else 0 end
                  + case when asked.by_sales > 0 then asked.by_sales * (63 - r.popularity) else 0 end
                  + case when asked.by_recency > 0 then asked.by_recency * (65535 - least(greatest((r.published_at at time zone 'UTC')::date - date '1970-01-01', 0), 65535)) else 0 end
                  + case when r.headline @@ together then 0 else 256 end + least(octet_length(r.title), 255)
                  when 'newest' then -extract(epoch from r.published_at)
                  when 'oldest' then extract(epoch from r.published_at)
                  when 'price_asc' then coalesce((r.prices -> asked.currency -> 'min')::bigint, 9007199254740991)
                  when 'price_desc' then coalesce(-(r.prices -> asked.currency -> 'min')::bigint, 9007199254740991)
                  else 0
                end::double precision as number,
                case ordered when 'title' then r.title else ''::text end as words
              from unnest(levels) as wanted
              join index_products r on r.search @@ wanted.finder
              where r.scope = in_scope and (r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live) is true and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.product_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.vendors is not null or 'vendors' = any (asked.facets) or r.vendor = any (asked.vendors))
                and (not asked.product_types is not null or 'productTypes' = any (asked.facets) or r.product_type = any (asked.product_types))
                and (not (asked.price_gte is not null or asked.price_lte is not null) or 'prices' = any (asked.facets) or (r.prices -> asked.currency -> 'min')::bigint between coalesce(asked.price_gte, 0) and coalesce(asked.price_lte, 9007199254740991))
                and (asked.in_stock is null or r.in_stock = asked.in_stock)
                and (asked.options is null or 'options' = any (asked.facets) or not exists (
                  select from generate_subscripts(asked.options, 1) i
                  where not r.option_values && asked.options[i:i]))
                and (asked.pinned is null or r.product_id <> all (asked.pinned))
              union all
              select r.product_id as id,
                case when asked.category_any is not null and 'categories' = any (asked.facets) and (r.category_handles && asked.category_any) is not true then 1 else 0 end
                + case when asked.tag_any is not null and 'tags' = any (asked.facets) and (r.tag_handles && asked.tag_any) is not true then 2 else 0 end
                + case when asked.vendors is not null and 'vendors' = any (asked.facets) and (r.vendor = any (asked.vendors)) is not true then 4 else 0 end
                + case when asked.product_types is not null and 'productTypes' = any (asked.facets) and (r.product_type = any (asked.product_types)) is not true then 8 else 0 end
                + case when (asked.price_gte is not null or asked.price_lte is not null) and 'prices' = any (asked.facets) and ((r.prices -> asked.currency -> 'min')::bigint between coalesce(asked.price_gte, 0) and coalesce(asked.price_lte, 9007199254740991)) is not true then 16 else 0 end
                + case when asked.options is not null and 'options' = any (asked.facets) then coalesce((
                  select bit_or((32 << (array_position(asked.option_names, asked.option_names[i]))::integer - 1))
                  from generate_subscripts(asked.options, 1) i
                  where not r.option_values && asked.options[i:i]), 0) else 0 end as failed,
                case when 'categories' = any (asked.facets) then r.category_key end as category_key,
                case when 'tags' = any (asked.facets) then r.tag_key end as tag_key,
                case when 'vendors' = any (asked.facets) then r.vendor end as vendor,
                case when 'productTypes' = any (asked.facets) then r.product_type end as product_type,
                case when 'options' = any (asked.facets) then r.option_key end as option_key,
                case when 'prices' = any (asked.facets) then (r.prices -> asked.currency -> 'min')::bigint end as price, (pin.place - 1e15)::double precision, ''::text
              from unnest(asked.pinned) with ordinality as pin (id, place)
              join index_products r on r.product_id = pin.id
              where asked.pinned is not null and r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.product_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.vendors is not null or 'vendors' = any (asked.facets) or r.vendor = any (asked.vendors))
                and (not asked.product_types is not null or 'productTypes' = any (asked.facets) or r.product_type = any (asked.product_types))
                and (not (asked.price_gte is not null or asked.price_lte is not null) or 'prices' = any (asked.facets) or (r.prices -> asked.currency -> 'min')::bigint between coalesce(asked.price_gte, 0) and coalesce(asked.price_lte, 9007199254740991))
                and (asked.in_stock is null or r.in_stock = asked.in_stock)
                and (asked.options is null or 'options' = any (asked.facets) or not exists (
                  select from generate_subscripts(asked.options, 1) i
                  where not r.option_values && asked.options[i:i]))
            ) r
            where failed & (failed - 1) = 0
          ),
          tally as (select count(*) as hits from hit where not choosing or failed = 0),
          page as (
            select id, number, words from (
              (select id, number, words from hit
              where (asked.after_id is null
                  or number > asked.after_number
                  or number = asked.after_number
                    and (words > asked.after_words or words = asked.after_words and id < asked.after_id))
                and (not choosing or failed = 0)
              order by number, words, id desc
              limit reach)
            ) found
            order by number, words, id desc
            offset coalesce(asked.after_offset, 0) limit asked.first + 1
          ),
          counted as (
            select 'categories' as facet, entry, hits, (
                select name from index_categories
                where tenant_id = of_tenant and scope = 'product' and locale = asked.locale
                  and generation = live_categories and handle = entry and visible limit 1) as label
            from (
              select entry, sum(alike)::bigint as hits, any_value(r.doc) as doc
              from (
                select category_key, count(*) as alike, any_value(id) as example
                from hit
                where (not choosing or failed | 1 = 1)
                group by category_key
              ) same
              join index_products r on r.tenant_id = of_tenant and r.product_id = example
                and r.locale = asked.locale and r.generation = live,
              unnest(r.category_handles) as entry
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent
            where 'categories' = any (asked.facets)
            union all
            select 'tags' as facet, entry, hits, (
                select tag ->> 'name' from jsonb_array_elements(doc -> 'tags') tag
                where tag ->> 'handle' = entry) as label
            from (
              select entry, sum(alike)::bigint as hits, any_value(r.doc) as doc
              from (
                select tag_key, count(*) as alike, any_value(id) as example
                from hit
                where (not choosing or failed | 2 = 2)
                group by tag_key
              ) same
              join index_products r on r.tenant_id = of_tenant and r.product_id = example
                and r.locale = asked.locale and r.generation = live,
              unnest(r.tag_handles) as entry
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent
            where 'tags' = any (asked.facets)
            union all
            select 'vendors' as facet, entry, hits, entry as label
            from (
              select vendor as entry, count(*) as hits, any_value(id) as example
              from hit
              where (not choosing or failed | 4 = 4) and vendor is not null
              group by vendor
              order by hits desc, entry
              limit 100
            ) frequent
            where 'vendors' = any (asked.facets)
            union all
            select 'productTypes' as facet, entry, hits, entry as label
            from (
              select product_type as entry, count(*) as hits, any_value(id) as example
              from hit
              where (not choosing or failed | 8 = 8) and product_type is not null
              group by product_type
              order by hits desc, entry
              limit 100
            ) frequent
            where 'productTypes' = any (asked.facets)
            union all
            select 'options' as facet, entry, hits, entry as label
            from (
              select entry, sum(alike)::bigint as hits, any_value(r.doc) as doc
              from (
                select option_key, failed, count(*) as alike, any_value(id) as example
                from hit
                where true
                group by option_key, failed
              ) same
              join index_products r on r.tenant_id = of_tenant and r.product_id = example
                and r.locale = asked.locale and r.generation = live,
              unnest(r.option_values) as entry
              where failed = 0 or exists (
                  select from unnest(asked.option_names) with ordinality as own (name, place)
                  where starts_with(entry, own.name || '=') and failed = (32 << (own.place)::integer - 1))
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent
            where 'options' = any (asked.facets)
          )
          select (select hits from tally), json_build_object(
            'totalCount', case when asked.with_total then (select hits from tally) end,
          'priceRange', (
            select json_build_object('currency', asked.currency, 'min', min(price), 'max', max(price))
            from hit
            where 'prices' = any (asked.facets) and (not choosing or failed | 16 = 16)
            having min(price) is not null),
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
                'locale', r.shown_locale,
              'handle', r.handle,
              'vendor', r.vendor,
              'productType', r.product_type,
              'image', d.images -> 0,
              'priceRange', jsonb_build_object('currency', asked.currency) || (r.prices -> asked.currency),
              'inStock', r.in_stock,
              'body', case when asked.with_body then left(d.description, 20000) end,
                'publishedAt', iso8601(r.published_at),
                'revision', r.revision,
                'indexedAt', iso8601(r.indexed_at)) order by number, words, id desc), '[]')
              from page
              join index_products r on r.product_id = id, jsonb_to_record(r.doc) as d (images jsonb, description text)
              where r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live))
          into total, answer;
          else
          with hit as materialized (
              select r.product_id as id,
                case ordered
                  when 'relevance' then asked.by_match * (64 * wanted.level + case units
                    when 1 then 2 - (r.headline @@ wanted.titled[1])::integer - (r.headline @@ wanted.filed[1])::integer
                    when 2 then 2 - (r.headline @@ wanted.titled[1])::integer - (r.headline @@ wanted.filed[1])::integer + 2 - (r.headline @@ wanted.titled[2])::integer - (r.headline @@ wanted.filed[2])::integer
                    when 3 then 2 - (r.headline @@ wanted.titled[1])::integer - (r.headline @@ wanted.filed[1])::integer + 2 - (r.headline @@ wanted.titled[2])::integer - (r.headline @@ wanted.filed[2])::integer + 2 - (r.headline @@ wanted.titled[3])::integer - (r.headline @@ wanted.filed[3])::integer
                    else (
                      select sum(2 - (r.headline @@ titled)::integer - (r.headline @@ filed)::integer)
                      from unnest(wanted.titled, wanted.filed) as unit (titled, filed))
                  end)
                  + case when asked.by_boost > 0 then asked.by_boost * (100 - r.boost) else 0 end
                  + case when asked.by_stock > 0 then asked.by_stock * ((not r.in_stock)::integer) else 0 end
                  + case when asked.by_sales > 0 then asked.by_sales * (63 - r.popularity) else 0 end
                  + case when asked.by_recency > 0 then asked.by_recency * (65535 - least(greatest((r.published_at at time zone 'UTC')::date - date '1970-01-01', 0), 65535)) else 0 end
                  + case when r.headline @@ together then 0 else 256 end + least(octet_length(r.title), 255)
                  when 'newest' then -extract(epoch from r.published_at)
                  when 'oldest' then extract(epoch from r.published_at)
                  when 'price_asc' then coalesce((r.prices -> asked.currency -> 'min')::bigint, 9007199254740991)
                  when 'price_desc' then coalesce(-(r.prices -> asked.currency -> 'min')::bigint, 9007199254740991)
                  else 0
                end::double precision as number,
                case ordered when 'title' then r.title else ''::text end as words
              from unnest(levels) as wanted
              join index_products r on r.search @@ wanted.finder
              where r.scope = in_scope and (r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live) is true and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.product_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.vendors is not null or 'vendors' = any (asked.facets) or r.vendor = any (asked.vendors))
                and (not asked.product_types is not null or 'productTypes' = any (asked.facets) or r.product_type = any (asked.product_types))
                and (not (asked.price_gte is not null or asked.price_lte is not null) or 'prices' = any (asked.facets) or (r.prices -> asked.currency -> 'min')::bigint between coalesce(asked.price_gte, 0) and coalesce(asked.price_lte, 9007199254740991))
                and (asked.in_stock is null or r.in_stock = asked.in_stock)
                and (asked.options is null or 'options' = any (asked.facets) or not exists (
                  select from generate_subscripts(asked.options, 1) i
                  where not r.option_values && asked.options[i:i]))
                and (asked.pinned is null or r.product_id <> all (asked.pinned))
              union all
              select r.product_id as id, (pin.place - 1e15)::double precision, ''::text
              from unnest(asked.pinned) with ordinality as pin (id, place)
              join index_products r on r.product_id = pin.id
              where asked.pinned is not null and r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live and r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.product_id <> all (asked.hidden))
                and (not asked.category_any is not null or 'categories' = any (asked.facets) or r.category_handles && asked.category_any)
                and (not asked.tag_any is not null or 'tags' = any (asked.facets) or r.tag_handles && asked.tag_any)
                and (not asked.vendors is not null or 'vendors' = any (asked.facets) or r.vendor = any (asked.vendors))
                and (not asked.product_types is not null or 'productTypes' = any (asked.facets) or r.product_type = any (asked.product_types))
                and (not (asked.price_gte is not null or asked.price_lte is not null) or 'prices' = any (asked.facets) or (r.prices -> asked.currency -> 'min')::bigint between coalesce(asked.price_gte, 0) and coalesce(asked.price_lte, 9007199254740991))
                and (asked.in_stock is null or r.in_stock = asked.in_stock)
                and (asked.options is null or 'options' = any (asked.facets) or not exists (
                  select from generate_subscripts(asked.options, 1) i
                  where not r.option_values && asked.options[i:i]))
          ),
          tally as (select count(*) as hits from hit),
          page as (
            select id, number, words from (
              (select id, number, words from hit
              where (asked.after_id is null
                  or number > asked.after_number
                  or number = asked.after_number
                    and (words > asked.after_words or words = asked.after_words and id < asked.after_id))
              order by number, words, id desc
              limit reach)
            ) found
            order by number, words, id desc
            offset coalesce(asked.after_offset, 0) limit asked.first + 1
          )
          select (select hits from tally), json_build_object(
            'totalCount', case when asked.with_total then (select hits from tally) end,
            'terms', levels[array_upper(levels, 1)].ranker::text,
            'hits', (
              select coalesce(json_agg(json_build_object(
                'key', json_build_array(number, words, id),
                'id', id,
                'title', r.title,
                'locale', r.shown_locale,
              'handle', r.handle,
              'vendor', r.vendor,
              'productType', r.product_type,
              'image', d.images -> 0,
              'priceRange', jsonb_build_object('currency', asked.currency) || (r.prices -> asked.currency),
              'inStock', r.in_stock,
              'body', case when asked.with_body then left(d.description, 20000) end,
                'publishedAt', iso8601(r.published_at),
                'revision', r.revision,
                'indexedAt', iso8601(r.indexed_at)) order by number, words, id desc), '[]')
              from page
              join index_products r on r.product_id = id, jsonb_to_record(r.doc) as d (images jsonb, description text)
              where r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live))
          into total, answer;
          end if;

          -- Typos are forgiven where the words as typed find fewer than ten, with or without filters. The
          -- limit is hidden in a sub-select, or the planner would walk all rows by their key in the hope
          -- of an early end.
          exit when forgiving or levels is null
            or total >= 10 + coalesce(cardinality(asked.pinned), 0)
            or (
              select count(*) = 10
              from (
                select from index_products r
                where r.scope = in_scope and (r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live) is true and r.visible and r.search @@ any (finders)
                limit (select 10)
              ) unfiltered);
          forgiving := true;
        end loop;
        return answer;
      end $function$;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.search_rule(of_tenant uuid, of_kind text, in_locale text, of_query text)
 RETURNS TABLE(pinned uuid[], hidden uuid[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT r.pinned,
     r.hidden
    FROM search_rules r
   WHERE ((r.tenant_id = search_rule.of_tenant) AND (r.kind = search_rule.of_kind) AND (r.query = search_rule.of_query) AND ((r.locale IS NULL) OR (r.locale = search_rule.in_locale)) AND (tstzrange(r.starts_at, r.ends_at) @> now()))
   ORDER BY (r.locale IS NULL)
  LIMIT 1;
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.search_scope(tenant_id uuid, locale text, generation integer)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN hashtextextended((((((tenant_id)::text || ' '::text) || locale) || ' '::text) || (generation)::text), (0)::bigint);

CREATE OR REPLACE FUNCTION public.search_text(given text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
      declare
        bare constant text := regexp_replace(
          regexp_replace("left"(given, 60000), '<[^>]*>|&#?[a-z0-9]+;|[-_/.:@&=#+*|\\~^]', ' ', 'g'),
          '[''’]', '', 'g');
      begin
        return case when bare ~ '[぀-ヿ㐀-鿿豈-﫿]' then cjk_bigrams(bare) else bare end;
      end $function$;

CREATE OR REPLACE FUNCTION public.search_tuning(of_tenant uuid, of_kind text, in_locale text)
 RETURNS TABLE(synonyms jsonb, stop_words text[], ranking text[], ruled text[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT s.synonyms,
     s.stop_words,
     s.ranking,
     r.queries
    FROM (( SELECT COALESCE(array_agg(DISTINCT search_rules.query), '{}'::text[]) AS queries
            FROM search_rules
           WHERE ((search_rules.tenant_id = search_tuning.of_tenant) AND (search_rules.kind = search_tuning.of_kind) AND ((search_rules.locale IS NULL) OR (search_rules.locale = search_tuning.in_locale)) AND (tstzrange(search_rules.starts_at, search_rules.ends_at) @> now()))) r
      LEFT JOIN search_settings s ON (((s.tenant_id = search_tuning.of_tenant) AND (s.kind = search_tuning.of_kind) AND (s.locale = search_tuning.in_locale))))
   WHERE ((s.id IS NOT NULL) OR (r.queries <> '{}'::text[]));
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.search_vector(locale text, a text, b text, c text, d text)
 RETURNS tsvector
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
      begin
        return setweight(to_tsvector('rustok_words', concat_ws(' ', search_text(a), joined_words(a))), 'A')
          || setweight(to_tsvector('rustok_words', concat_ws(' ', search_text(b), joined_words(b))), 'B')
          || setweight(to_tsvector('rustok_words', coalesce(search_text(c), '')), 'C')
          || setweight(to_tsvector('rustok_words', coalesce(search_text(d), '')), 'D');
      end $function$;

CREATE OR REPLACE FUNCTION public.session_state(of_tenant uuid, of_session uuid)
 RETURNS TABLE(user_id uuid, role text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT u.id,
     u.role
    FROM (sessions s
      JOIN users u ON (((u.tenant_id = s.tenant_id) AND (u.id = s.user_id))))
   WHERE ((s.tenant_id = session_state.of_tenant) AND (s.id = session_state.of_session) AND (s.ended_at IS NULL) AND (s.expires_at > now()));
END;
-- owned by rustok_reader

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
 RETURNS TABLE(list jsonb[], titles jsonb[], in_stock boolean, words text)
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT array_agg(jsonb_build_object('id', v.id, 'sku', v.sku, 'barcode', v.barcode, 'weightGrams', v.weight_grams, 'options', COALESCE(options.options, '[]'::json), 'prices', COALESCE(prices.prices, '[]'::json), 'quantity', stock.quantity, 'inStock', (stock.quantity > 0)) ORDER BY v."position", v.id) AS array_agg,
     array_agg(titles.titles ORDER BY v."position", v.id) AS array_agg,
     bool_or((stock.quantity > 0)) AS bool_or,
     string_agg(v.sku, ' '::text ORDER BY v."position", v.id) AS string_agg
    FROM ((((product_variants v
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
      CROSS JOIN LATERAL ( SELECT jsonb_object_agg(variant_translations.locale, variant_translations.title) AS titles
            FROM variant_translations
           WHERE (variant_translations.variant_id = v.id)) titles)
   WHERE (v.product_id = shown_variants.product);
END;

CREATE OR REPLACE FUNCTION public.storefront_menu(tenant uuid, in_locale text, by_handle text)
 RETURNS TABLE(name text, level integer, label text, kind text, target_id uuid, path text, handle text, url text, shown boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT m.name,
     i.level,
     COALESCE((i.labels ->> storefront_menu.in_locale), page.title, category.name, product.title, (i.labels ->> t.default_locale), ( SELECT jsonb_each_text.value
            FROM jsonb_each_text(i.labels) jsonb_each_text(key, value)
           ORDER BY jsonb_each_text.key
          LIMIT 1)) AS "coalesce",
         CASE
             WHEN (i.page_id IS NOT NULL) THEN 'page'::text
             WHEN (i.category_id IS NOT NULL) THEN 'category'::text
             WHEN (i.product_id IS NOT NULL) THEN 'product'::text
             ELSE 'url'::text
         END AS "case",
     COALESCE(i.page_id, i.category_id, i.product_id) AS "coalesce",
     page.path,
     COALESCE(category.handle, product.handle) AS "coalesce",
     i.url,
     ((num_nonnulls(page.path, category.handle, product.handle, i.url) = 1) AND ((i.locales IS NULL) OR (storefront_menu.in_locale = ANY (i.locales))))
    FROM (((((menus m
      JOIN tenants t ON ((t.id = m.tenant_id)))
      LEFT JOIN menu_items i ON (((i.tenant_id = m.tenant_id) AND (i.menu_id = m.id))))
      LEFT JOIN page_paths page ON (((page.tenant_id = m.tenant_id) AND (page.page_id = i.page_id) AND (page.locale = storefront_menu.in_locale))))
      LEFT JOIN index_categories category ON (((category.tenant_id = m.tenant_id) AND (category.category_id = i.category_id) AND (category.locale = storefront_menu.in_locale) AND category.visible AND (category.generation = ( SELECT live_generation(storefront_menu.tenant, 'category'::text) AS live_generation)))))
      LEFT JOIN index_products product ON (((product.tenant_id = m.tenant_id) AND (product.product_id = i.product_id) AND (product.locale = storefront_menu.in_locale) AND product.visible AND (product.generation = ( SELECT live_generation(storefront_menu.tenant, 'product'::text) AS live_generation)))))
   WHERE ((m.tenant_id = storefront_menu.tenant) AND (m.handle = storefront_menu.by_handle))
   ORDER BY m.id, i."position";
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.storefront_node(tenant uuid, in_locale text, of_kind text, by_slug text)
 RETURNS TABLE(doc text, indexed_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT (n.doc)::text AS doc,
     n.indexed_at
    FROM index_content n
   WHERE ((n.tenant_id = storefront_node.tenant) AND (n.locale = storefront_node.in_locale) AND (n.kind = storefront_node.of_kind) AND (n.slug = storefront_node.by_slug) AND n.visible AND (n.generation = ( SELECT live_generation(storefront_node.tenant, 'node'::text) AS live_generation)))
   ORDER BY (n.shown_locale = storefront_node.in_locale) DESC, n.revision DESC
  LIMIT 1;
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.storefront_page(tenant uuid, in_locale text, at_path text)
 RETURNS TABLE(doc text, indexed_at timestamp with time zone, path text, breadcrumb text, moved boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 WITH target AS (
          SELECT p.page_id,
             p.path,
             p.breadcrumb,
             p.at_home,
             false AS moved
            FROM page_paths p
           WHERE ((p.tenant_id = storefront_page.tenant) AND (p.locale = storefront_page.in_locale) AND (p.path = storefront_page.at_path))
         UNION ALL
          SELECT p.page_id,
             p.path,
             p.breadcrumb,
             p.at_home,
             true
            FROM (page_redirects r
              JOIN page_paths p ON (((p.page_id = r.page_id) AND (p.locale = r.locale))))
           WHERE ((r.tenant_id = storefront_page.tenant) AND (r.locale = storefront_page.in_locale) AND (r.path = storefront_page.at_path) AND (p.tenant_id = storefront_page.tenant))
         )
  SELECT (n.doc)::text AS doc,
     n.indexed_at,
     target.path,
     (target.breadcrumb)::text AS breadcrumb,
     target.moved
    FROM (target
      JOIN index_content n ON ((n.node_id = target.page_id)))
   WHERE ((n.tenant_id = storefront_page.tenant) AND (n.locale = storefront_page.in_locale) AND n.visible AND (n.generation = ( SELECT live_generation(storefront_page.tenant, 'node'::text) AS live_generation)))
   ORDER BY target.moved, target.at_home DESC, target.page_id
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
   WHERE ((p.tenant_id = storefront_product.tenant) AND (p.locale = storefront_product.in_locale) AND (p.handle = storefront_product.by_handle) AND p.visible AND (p.generation = ( SELECT live_generation(storefront_product.tenant, 'product'::text) AS live_generation)))
   ORDER BY p.revision DESC
  LIMIT 1;
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.suggest_categories(of_tenant uuid, in_locale text, beginning text, count integer)
 RETURNS TABLE(doc jsonb)
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT c.doc
    FROM index_categories c
   WHERE ((c.tenant_id = suggest_categories.of_tenant) AND (c.locale = suggest_categories.in_locale) AND c.visible AND (c.generation = ( SELECT live_generation(suggest_categories.of_tenant, 'category'::text) AS live_generation)) AND ((plain_text(c.name) COLLATE "C") >= plain_text(suggest_categories.beginning)) AND ((plain_text(c.name) COLLATE "C") < (plain_text(suggest_categories.beginning) || '􏿿'::text)))
   ORDER BY (plain_text(c.name) COLLATE "C"), c.category_id
  LIMIT suggest_categories.count;
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.suggest_queries(of_tenant uuid, in_locale text, beginning text, count integer)
 RETURNS TABLE(query text)
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT found.query
    FROM ( SELECT p.query,
             p.score,
             p.last_day
            FROM search_popular p
           WHERE ((p.tenant_id = suggest_queries.of_tenant) AND (p.locale = suggest_queries.in_locale) AND (p.query >= suggest_queries.beginning) AND (p.query < (suggest_queries.beginning || '􏿿'::text)))
          LIMIT 20000) found
   WHERE (found.last_day >= (((now() AT TIME ZONE 'utc'::text))::date - 30))
   ORDER BY found.score DESC, found.query
  LIMIT suggest_queries.count;
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.suggest_words(of_tenant uuid, in_locale text, beginning text, count integer)
 RETURNS TABLE(word text)
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT completion.word
    FROM ((( SELECT unnest.lexeme AS typed
            FROM unnest(to_tsvector('rustok_words'::regconfig, search_text("left"(suggest_words.beginning, 100)))) unnest(lexeme, positions, weights)
           ORDER BY unnest.positions[1] DESC
          LIMIT 1) last
      CROSS JOIN generate_series(24, 0, '-1'::integer) level(commonness))
      CROSS JOIN LATERAL ( SELECT DISTINCT (known.word COLLATE "C") AS word
            FROM index_words known
           WHERE ((known.tenant_id = suggest_words.of_tenant) AND (known.locale = suggest_words.in_locale) AND (known.commonness = level.commonness) AND ((known.word >= last.typed) AND (known.word <= (last.typed || '􏿿'::text))))
           ORDER BY (known.word COLLATE "C")
          LIMIT suggest_words.count) completion)
   ORDER BY level.commonness DESC, completion.word
  LIMIT suggest_words.count;
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.tenants_to_delete()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT tenants.id
    FROM tenants
   WHERE (tenants.deletion_requested_at IS NOT NULL)
   ORDER BY tenants.deletion_requested_at;
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.tenants_with_comment_addresses(older_than timestamp with time zone)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT DISTINCT blog_comments.tenant_id
    FROM blog_comments
   WHERE ((blog_comments.address IS NOT NULL) AND (blog_comments.created_at < tenants_with_comment_addresses.older_than));
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.tenants_with_due_webhooks()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT DISTINCT e.tenant_id
    FROM webhook_endpoints e
   WHERE ((e.disabled_at IS NULL) AND (NOT e.paused) AND (EXISTS ( SELECT
            FROM webhook_deliveries d
           WHERE ((d.tenant_id = e.tenant_id) AND (d.endpoint_id = e.id) AND (d.status = 'pending'::text) AND (d.next_attempt_at <= now())))));
END;
-- owned by rustok_relay

CREATE OR REPLACE FUNCTION public.tenants_with_old_generations(older_than timestamp with time zone)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT DISTINCT index_generations.tenant_id
    FROM index_generations
   WHERE ((index_generations.state = 'retired'::text) OR ((index_generations.state = 'previous'::text) AND (index_generations.retired_at < tenants_with_old_generations.older_than)));
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.tenants_with_old_keys(older_than timestamp with time zone)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT DISTINCT idempotency_keys.tenant_id
    FROM idempotency_keys
   WHERE (idempotency_keys.claimed_at < tenants_with_old_keys.older_than);
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.tenants_with_old_mails(older_than timestamp with time zone)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT DISTINCT mails.tenant_id
    FROM mails
   WHERE (mails.created_at < tenants_with_old_mails.older_than);
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.tenants_with_old_queries(counted_before date, popular_before date)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT search_queries.tenant_id
    FROM search_queries
   WHERE (search_queries.day < tenants_with_old_queries.counted_before)
 UNION
  SELECT search_popular.tenant_id
    FROM search_popular
   WHERE (search_popular.last_day < tenants_with_old_queries.popular_before);
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.tenants_with_old_sign_ins(older_than timestamp with time zone)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT sessions.tenant_id
    FROM sessions
   WHERE (LEAST(sessions.ended_at, sessions.expires_at) < tenants_with_old_sign_ins.older_than)
 UNION
  SELECT account_requests.tenant_id
    FROM account_requests
   WHERE (account_requests.expires_at < now())
 UNION
  SELECT oidc_sign_ins.tenant_id
    FROM oidc_sign_ins
   WHERE (oidc_sign_ins.expires_at < now());
END;
-- owned by rustok_reader

CREATE OR REPLACE FUNCTION public.tenants_with_old_webhooks(older_than timestamp with time zone)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT webhook_attempts.tenant_id
    FROM webhook_attempts
   WHERE (webhook_attempts.started_at < tenants_with_old_webhooks.older_than)
 UNION
  SELECT webhook_deliveries.tenant_id
    FROM webhook_deliveries
   WHERE ((webhook_deliveries.status <> 'pending'::text) AND (webhook_deliveries.created_at < tenants_with_old_webhooks.older_than))
 UNION
  SELECT hook_receipts.tenant_id
    FROM hook_receipts
   WHERE (hook_receipts.received_at < tenants_with_old_webhooks.older_than);
END;
-- owned by rustok_relay

CREATE OR REPLACE FUNCTION public.touch_search_documents(of_kind text, of_generation integer, ids uuid[], in_locale text)
 RETURNS TABLE(tenant_id uuid, entity_id uuid, own boolean)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 WITH theirs AS MATERIALIZED (
          SELECT d_1.tenant_id,
             d_1.entity_id,
             g.own_index
            FROM (search_documents d_1
              JOIN index_generations g ON (((g.tenant_id = d_1.tenant_id) AND (g.kind = d_1.kind) AND (g.generation = d_1.generation))))
           WHERE ((d_1.kind = touch_search_documents.of_kind) AND (d_1.generation = touch_search_documents.of_generation) AND (d_1.entity_id = ANY (touch_search_documents.ids)) AND (d_1.locale = touch_search_documents.in_locale))
           ORDER BY d_1.entity_id
          FOR NO KEY UPDATE OF d_1
         )
  UPDATE search_documents d SET version = nextval('search_versions'::regclass), since =
         CASE
             WHEN (d.done_version = d.version) THEN now()
             ELSE d.since
         END
    FROM theirs
   WHERE ((d.tenant_id = theirs.tenant_id) AND (d.kind = touch_search_documents.of_kind) AND (d.generation = touch_search_documents.of_generation) AND (d.entity_id = theirs.entity_id) AND (d.locale = touch_search_documents.in_locale))
   RETURNING d.tenant_id,
     d.entity_id,
     theirs.own_index;
END;
-- owned by rustok_search

CREATE OR REPLACE FUNCTION public.transposed(word text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN ARRAY(SELECT OVERLAY(transposed.word PLACING (substr(transposed.word, (i.i + 1), 1) || substr(transposed.word, i.i, 1)) FROM i.i FOR 2) AS "overlay" FROM generate_series(1, (length(transposed.word) - 1)) i(i));

CREATE OR REPLACE FUNCTION public.webhook_outcomes(since timestamp with time zone)
 RETURNS TABLE(outcome text, attempts bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT o.outcome,
     count(a.id) AS count
    FROM (( VALUES ('delivered'::text,true), ('failed'::text,false)) o(outcome, succeeded)
      LEFT JOIN webhook_attempts a ON (((a.succeeded = o.succeeded) AND (a.id >= oldest_id_since(webhook_outcomes.since)))))
   GROUP BY o.outcome;
END;
-- owned by rustok_relay

CREATE OR REPLACE FUNCTION public.webhooks_waiting()
 RETURNS TABLE(state text, deliveries bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT s.state,
     count(d.id) AS count
    FROM (( VALUES ('first'::text), ('again'::text)) s(state)
      LEFT JOIN webhook_deliveries d ON (((d.status = 'pending'::text) AND (
         CASE
             WHEN (d.attempts = 0) THEN 'first'::text
             ELSE 'again'::text
         END = s.state))))
   GROUP BY s.state;
END;
-- owned by rustok_relay

CREATE OR REPLACE FUNCTION public.word_stem(language regconfig, word text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN (tsvector_to_array(to_tsvector(language, word)))[1];
