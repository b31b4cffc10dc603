import { Migration } from "@mikro-orm/migrations";

/**
 * Whoever remembers tenants hears of each change as it commits, whatever has made it: the server, a
 * command, a hand in the database. A notification names what the tenant is found by; what was cached
 * under those names is of before. A payload holds 8,000 bytes, a host 253: so twenty names at a time.
 */
export class TenantsAnnounce extends Migration {
  override up(): void {
    this.addSql(`
      create function announce_tenant_names(names text[]) returns void
      language plpgsql as $$
      begin
        for start in 1 .. coalesce(cardinality(names), 0) by 20 loop
          perform pg_notify('tenant.cache.invalidate', json_build_object(
            'change', pg_current_xact_id()::text, 'names', names[start : start + 19])::text);
        end loop;
      end $$;

      create function announce_tenant() returns trigger
      language plpgsql security definer set search_path = public as $$
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
      end $$;

      create function announce_tenant_domain() returns trigger
      language plpgsql as $$
      begin
        perform announce_tenant_names(array_remove(array['host:' || new.host, 'host:' || old.host], null));
        return null;
      end $$;
      alter function announce_tenant() owner to rustok_reader;
      revoke all on function announce_tenant() from public;
      comment on function announce_tenant() is 'Sees the domains of the changed tenant, whoever changes it.';

      create trigger announce_tenant
        after insert or delete or update of slug, name, default_locale, locales, default_currency, currencies, suspended_at
        on tenants for each row execute function announce_tenant();
      create trigger announce_tenant_domain
        after insert or delete or update on tenant_domains for each row execute function announce_tenant_domain();`);
  }
}
