import { Migration } from "@mikro-orm/migrations";

/** Which optional modules a tenant has switched off. */
export class ModulesTenantModules extends Migration {
  override up(): void {
    this.addSql(`
      create table tenant_modules (
        id         uuid primary key,
        tenant_id  uuid not null references tenants on delete cascade,
        module     text not null,
        enabled    boolean not null,
        revision   bigint not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        unique (tenant_id, id),
        constraint tenant_modules_module_key unique (tenant_id, module)
      );
      comment on table tenant_modules is 'A module without a row has never been switched: the tenant has it.';
      select protect_tenant_rows('tenant_modules');
      create policy reader_reads on tenant_modules for select to rustok_reader using (true);
      grant select on tenant_modules to rustok_reader;

      create function disabled_modules(tenant uuid) returns text[]
      language sql stable security definer set search_path = public
      begin atomic
        select coalesce(array_agg(m.module order by m.module), '{}')
        from tenant_modules m
        where m.tenant_id = tenant and not m.enabled;
      end;
      comment on function disabled_modules(uuid) is
        'What the tenant does without; asked with find_tenant, so that every request knows.';
      alter function disabled_modules(uuid) owner to rustok_reader;
      revoke all on function disabled_modules(uuid) from public;
      grant execute on function disabled_modules(uuid) to rustok_app;

      create function announce_tenant_modules() returns trigger
      language plpgsql security definer set search_path = public as $$
      declare
        changed uuid := coalesce(new.tenant_id, old.tenant_id);
      begin
        perform announce_tenant_names(
          array(select unnest(array['uuid:' || id, 'slug:' || slug]) from tenants where id = changed)
          || array(select 'host:' || host from tenant_domains where tenant_id = changed order by host));
        return null;
      end $$;
      alter function announce_tenant_modules() owner to rustok_reader;
      revoke all on function announce_tenant_modules() from public;
      comment on function announce_tenant_modules() is
        'Whoever remembers a tenant remembers what it does without.';
      create trigger announce_tenant_modules
        after insert or update or delete
        on tenant_modules for each row execute function announce_tenant_modules();`);
  }
}
