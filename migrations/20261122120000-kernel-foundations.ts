import { Migration } from "@mikro-orm/migrations";

/**
 * The roles, the tenant floor and the outbox.
 *
 * `rustok_app` is what the server runs as: it owns nothing, so row-level policies bind it.
 * `rustok_relay` sees the outbox of all tenants and nothing else; `rustok_queue` sees the job queues.
 * `rustok_reader` owns the few functions that serve storefront reads.
 */
export class KernelFoundations extends Migration {
  override up(): void {
    this.addSql(`
      create extension if not exists pg_trgm;
      create extension if not exists unaccent;
      create extension if not exists fuzzystrmatch;`);

    // Roles belong to the cluster, so another database's migration may create them at the same moment.
    this.addSql(`
      do $$
      declare
        role_name text;
      begin
        foreach role_name in array array['rustok_app', 'rustok_relay', 'rustok_queue', 'rustok_reader'] loop
          begin
            if not exists (select from pg_roles where rolname = role_name) then
              execute format('create role %I nologin', role_name);
            end if;
            if not pg_has_role(current_user, role_name, 'member') then
              execute format('grant %I to current_user', role_name);
            end if;
          exception when duplicate_object or unique_violation then null;
          end;
        end loop;
      end $$;
      grant usage on schema public to rustok_app, rustok_relay, rustok_reader;`);

    this.addSql(`
      create function current_tenant() returns uuid
      language sql stable parallel safe
      return nullif(current_setting('rustok.tenant', true), '')::uuid;

      comment on function current_tenant() is
        'The tenant this transaction works for; null without one, and then no tenant-owned row is visible.';

      create function protect_tenant_rows(owned regclass) returns void
      language plpgsql as $$
      begin
        execute format('alter table %s enable row level security', owned);
        execute format('alter table %s force row level security', owned);
        execute format(
          'create policy tenant_rows on %s to rustok_app using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
          owned);
        execute format('grant select, insert, update, delete on %s to rustok_app', owned);
      end $$;

      comment on function protect_tenant_rows(regclass) is
        'Closes a tenant-owned table: every migration that creates one calls it.';`);

    this.addSql(`
      create table sys_events (
        id            uuid primary key,
        tenant_id     uuid not null,
        type          text not null,
        version       integer not null,
        aggregate_id  uuid not null,
        revision      bigint not null,
        payload       jsonb not null,
        actor_id      uuid,
        request_id    text,
        occurred_at   timestamptz not null default now(),
        dispatched_at timestamptz
      );
      create index sys_events_undispatched on sys_events (id) where dispatched_at is null;
      create index sys_events_by_aggregate on sys_events (tenant_id, aggregate_id);
      select protect_tenant_rows('sys_events');
      revoke update, delete on sys_events from rustok_app;
      create policy relay_reads on sys_events for select to rustok_relay using (true);
      create policy relay_marks on sys_events for update to rustok_relay using (true) with check (true);
      grant select, update (dispatched_at) on sys_events to rustok_relay;`);

    this.addSql(`
      create table tombstones (
        tenant_id    uuid not null,
        aggregate_id uuid not null,
        kind         text not null,
        revision     bigint not null,
        deleted_at   timestamptz not null default now(),
        primary key (tenant_id, aggregate_id)
      );
      comment on table tombstones is
        'The last revision of each deleted aggregate, so that a late projection of an earlier one is refused.';
      select protect_tenant_rows('tombstones');`);
  }
}
