import { Migration } from "@mikro-orm/migrations";

/**
 * What an operator does with tenants: suspends them, takes their rows along, deletes them; and what each
 * module lets a tenant set.
 */
export class TenantsAdministration extends Migration {
  override up(): void {
    this.addSql(`
      alter table tenants
        add column revision              bigint not null default 1,
        add column updated_at            timestamptz not null default now(),
        add column suspended_at          timestamptz,
        add column suspension_reason     text,
        add column exported_at           timestamptz,
        add column deletion_requested_at timestamptz,
        add constraint tenants_deleted_only_when_suspended
          check (deletion_requested_at is null or suspended_at is not null);
      comment on column tenants.exported_at is
        'When an export of all its rows was last complete. Nothing changes while it is suspended: an export made since then lacks nothing.';
      comment on column tenants.deletion_requested_at is
        'From then on its rows go, batch by batch, and there is no way back.';`);

    // It gives a whole row, so it is made anew with the columns there are now.
    this.addSql(`
      create or replace function find_tenant(by_id uuid, by_slug text, by_host text) returns setof tenants
      language sql stable security definer set search_path = public
      begin atomic
        select t.* from tenants t
        where t.id = by_id
           or t.slug = by_slug
           or t.id = (select d.tenant_id from tenant_domains d where d.host = by_host);
      end;

      create function list_tenants(after_id uuid, at_most integer)
      returns table (tenant tenants, domains text[])
      language sql stable security definer set search_path = public
      begin atomic
        select t, array(select d.host from tenant_domains d where d.tenant_id = t.id order by d.host)
        from tenants t
        where after_id is null or t.id > after_id
        order by t.id
        limit at_most;
      end;
      comment on function list_tenants(uuid, integer) is 'For whoever runs the installation: oldest first.';

      create function hashes_of_tenant_names() returns setof integer
      language sql stable security definer set search_path = public
      begin atomic
        select ('x' || left(md5(name), 8))::bit(32)::integer
        from (
          select 'uuid:' || id from tenants
          union all select 'slug:' || slug from tenants
          union all select 'host:' || host from tenant_domains
        ) named (name);
      end;
      comment on function hashes_of_tenant_names() is
        'Of every name a tenant is found by: what has none of these hashes names no tenant.';

      create function tenants_to_delete() returns setof uuid
      language sql stable security definer set search_path = public
      begin atomic
        select id from tenants where deletion_requested_at is not null order by deletion_requested_at;
      end;`);
    for (const [reader, named] of [
      ["list_tenants(uuid, integer)", "list_tenants"],
      ["hashes_of_tenant_names()", "hashes_of_tenant_names"],
      ["tenants_to_delete()", "tenants_to_delete"],
    ]) {
      this.addSql(`
        alter function ${reader} owner to rustok_reader;
        revoke all on function ${reader} from public;
        grant execute on function ${named} to rustok_app;`);
    }

    this.addSql(`
      create function forget_events_of_tenant(of_tenant uuid, at_most integer) returns bigint
      language sql security definer set search_path = public
      begin atomic
        with steps as (
          delete from event_jobs
          where ctid = any (array(
            select ctid from event_jobs where tenant_id = of_tenant limit at_most))
          returning 1
        ),
        events as (
          delete from sys_events
          where ctid = any (array(
            select ctid from sys_events where tenant_id = of_tenant limit at_most))
          returning 1
        )
        select (select count(*) from steps) + (select count(*) from events);
      end;
      comment on function forget_events_of_tenant(uuid, integer) is
        'Of a tenant that is being deleted: removes up to so many of each and says how many there were.';
      alter function forget_events_of_tenant(uuid, integer) owner to rustok_relay;
      revoke all on function forget_events_of_tenant(uuid, integer) from public;
      grant execute on function forget_events_of_tenant(uuid, integer) to rustok_app;`);

    this.addSql(`
      create table tenant_settings (
        tenant_id  uuid not null references tenants on delete cascade,
        module     text not null,
        value      jsonb not null check (jsonb_typeof(value) = 'object'),
        revision   bigint not null default 1,
        updated_at timestamptz not null default now(),
        primary key (tenant_id, module)
      );
      comment on table tenant_settings is
        'What a tenant has set for a module; the module''s own schema says what it may be.';
      select protect_tenant_rows('tenant_settings');`);
  }
}
