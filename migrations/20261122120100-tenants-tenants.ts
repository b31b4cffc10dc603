import { Migration } from "@mikro-orm/migrations";

/** Tenants and the hosts they answer to. */
export class TenantsTenants extends Migration {
  override up(): void {
    this.addSql(`
      create table tenants (
        id               uuid primary key,
        slug             text not null unique check (slug ~ '^[a-z0-9](-?[a-z0-9])*$' and length(slug) <= 63),
        name             text not null,
        default_locale   text not null,
        locales          text[] not null check (default_locale = any (locales)),
        default_currency char(3) not null,
        currencies       char(3)[] not null check (default_currency = any (currencies)),
        shared_revision  bigint not null default 1,
        created_at       timestamptz not null default now()
      );
      comment on column tenants.shared_revision is
        'Raised by every change that many documents show (a category, a tag, an author, a locale): with an aggregate''s own revision it orders any two projections of one document.';
      alter table tenants enable row level security;
      alter table tenants force row level security;
      create policy own_tenant on tenants to rustok_app using (id = current_tenant()) with check (id = current_tenant());
      create policy reader_reads on tenants for select to rustok_reader using (true);
      grant select, insert, update, delete on tenants to rustok_app;
      grant select on tenants to rustok_reader;`);

    this.addSql(`
      create table tenant_domains (
        host      text not null check (host = lower(host)),
        tenant_id uuid not null references tenants on delete cascade,
        constraint tenant_domains_host_key primary key (host)
      );
      create index tenant_domains_by_tenant on tenant_domains (tenant_id);
      select protect_tenant_rows('tenant_domains');
      create policy reader_reads on tenant_domains for select to rustok_reader using (true);
      grant select on tenant_domains to rustok_reader;`);

    this.addSql(`
      create function find_tenant(by_id uuid, by_slug text, by_host text) returns setof tenants
      language sql stable security definer set search_path = public
      begin atomic
        select t.* from tenants t
        where t.id = by_id
           or t.slug = by_slug
           or t.id = (select d.tenant_id from tenant_domains d where d.host = by_host);
      end;
      comment on function find_tenant(uuid, text, text) is
        'The only look-up made before a tenant is known. Give one of the three.';
      alter function find_tenant(uuid, text, text) owner to rustok_reader;
      revoke all on function find_tenant(uuid, text, text) from public;
      grant execute on function find_tenant(uuid, text, text) to rustok_app;

      create function all_tenant_ids() returns setof uuid
      language sql stable security definer set search_path = public
      begin atomic
        select id from tenants order by id;
      end;
      comment on function all_tenant_ids() is 'For work that visits every tenant in turn, such as a rebuild.';
      alter function all_tenant_ids() owner to rustok_reader;
      revoke all on function all_tenant_ids() from public;
      grant execute on function all_tenant_ids() to rustok_app;`);
  }
}
