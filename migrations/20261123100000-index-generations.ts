import { Migration } from "@mikro-orm/migrations";

/** A table of the read model, and the view of what is live in it. */
const tables = [
  { kind: "product", table: "index_products", id: "product_id", view: "live_products" },
  { kind: "node", table: "index_content", id: "node_id", view: "live_content" },
  { kind: "category", table: "index_categories", id: "category_id", view: "live_categories" },
];

/**
 * A tenant's read model may exist several times beside itself: one generation is live, another may be
 * building, and one that was live is kept for a while. Projections write all of them, reads take the
 * live one, and a cut-over changes nothing but which that is.
 */
export class IndexGenerations extends Migration {
  override up(): void {
    this.addSql(`
      create table index_generations (
        tenant_id  uuid not null references tenants on delete cascade,
        kind       text not null check (kind in ('product', 'node', 'category')),
        generation integer not null,
        state      text not null check (state in ('building', 'live', 'previous', 'retired')),
        own_index  boolean not null default false,
        built_to   uuid,
        started_at timestamptz not null default now(),
        live_at    timestamptz,
        retired_at timestamptz,
        primary key (tenant_id, kind, generation)
      );
      comment on column index_generations.state is
        'building: written, not yet read. live: what is read. previous: written still, so that one can go back to it. retired: neither; about to be removed.';
      comment on column index_generations.own_index is 'Whether its documents lie in search indexes of the tenant''s own.';
      comment on column index_generations.built_to is 'The last id that building has come to; null at the beginning.';
      create unique index index_generations_one_live on index_generations (tenant_id, kind) include (generation) where state = 'live';
      create unique index index_generations_one_building on index_generations (tenant_id, kind) where state = 'building';
      insert into index_generations (tenant_id, kind, generation, state, live_at)
      select id, kind, 1, 'live', now() from all_tenant_ids() id, unnest(array['product', 'node', 'category']) kind;
      select protect_tenant_rows('index_generations');
      create policy reader_reads on index_generations for select to rustok_reader using (true);
      grant select on index_generations to rustok_reader;

      create function begin_generations() returns trigger
      language plpgsql as $$
      begin
        insert into index_generations (tenant_id, kind, generation, state, live_at)
        select new.id, kind, 1, 'live', now() from unnest(array['product', 'node', 'category']) kind;
        return null;
      end $$;
      create trigger begin_generations after insert on tenants
        for each row execute function begin_generations();

      create function live_generation(of_tenant uuid, of_kind text) returns integer
      language sql stable parallel safe
      return (
        select generation from index_generations
        where tenant_id = of_tenant and kind = of_kind and state = 'live');
      comment on function live_generation(uuid, text) is
        'Which generation is read. In a condition on rows write (select live_generation(…)), so that it is asked once and not for each.';`);

    for (const { kind, table, id, view } of tables) {
      this.addSql(`
        alter table ${table} add column generation integer not null default 1;
        alter table ${table} drop constraint ${table}_pkey,
          add primary key (tenant_id, ${id}, locale, generation);
        create index ${table}_by_generation on ${table} (tenant_id, generation, ${id}) where generation > 1;
        create view ${view} with (security_invoker = true) as
        select shown.* from ${table} shown
        join index_generations g
          on g.tenant_id = shown.tenant_id and g.kind = '${kind}' and g.generation = shown.generation and g.state = 'live';
        comment on view ${view} is 'The rows of the generation that is read.';
        grant select on ${view} to rustok_app, rustok_reader;`);
    }
    this.addSql(detailReads);
  }
}

const detailReads = `
      create or replace function storefront_product(tenant uuid, in_locale text, by_handle text)
      returns table (doc text, indexed_at timestamptz)
      language sql stable security definer set search_path = public
      begin atomic
        select p.doc::text, p.indexed_at
        from index_products p
        where p.tenant_id = tenant and p.locale = in_locale and p.handle = by_handle and p.visible
          and p.generation = (select live_generation(tenant, 'product'))
        order by p.revision desc
        limit 1;
      end;

      create or replace function storefront_node(tenant uuid, in_locale text, of_kind text, by_slug text)
      returns table (doc text, indexed_at timestamptz)
      language sql stable security definer set search_path = public
      begin atomic
        select n.doc::text, n.indexed_at
        from index_content n
        where n.tenant_id = tenant and n.locale = in_locale and n.kind = of_kind and n.slug = by_slug and n.visible
          and n.generation = (select live_generation(tenant, 'node'))
        order by n.shown_locale = in_locale desc, n.revision desc
        limit 1;
      end;`;
