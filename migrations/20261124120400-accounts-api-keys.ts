import { Migration } from "@mikro-orm/migrations";

/** What integrations show instead of signing in. */
export class AccountsApiKeys extends Migration {
  override up(): void {
    this.addSql(`
      create table api_keys (
        id           uuid primary key,
        tenant_id    uuid not null references tenants on delete cascade,
        name         text not null,
        prefix       text not null,
        hash         text not null,
        scopes       text[] not null,
        created_by   uuid,
        created_at   timestamptz not null default now(),
        expires_at   timestamptz,
        last_used_at timestamptz,
        revoked_at   timestamptz,
        unique (tenant_id, id),
        unique (tenant_id, prefix)
      );
      comment on column api_keys.prefix is 'What a key begins with; it may be shown.';
      comment on column api_keys.hash is 'Of the whole key, which is kept nowhere.';
      comment on column api_keys.scopes is 'The permissions it has.';
      comment on column api_keys.last_used_at is 'To the minute.';
      select protect_tenant_rows('api_keys');
      create policy reader_reads on api_keys for select to rustok_reader using (true);
      grant select on api_keys to rustok_reader;

      create function api_key_state(of_tenant uuid, of_prefix text)
      returns table (id uuid, hash text, scopes text[], last_used_at timestamptz)
      language sql stable security definer set search_path = public, pg_temp
      begin atomic
        select k.id, k.hash, k.scopes, k.last_used_at
        from api_keys k
        where k.tenant_id = of_tenant and k.prefix = of_prefix
          and k.revoked_at is null and (k.expires_at is null or k.expires_at > now());
      end;
      comment on function api_key_state(uuid, text) is 'No row for a key that is not good any more.';
      alter function api_key_state(uuid, text) owner to rustok_reader;
      revoke all on function api_key_state(uuid, text) from public;
      grant execute on function api_key_state(uuid, text) to rustok_app;`);
  }
}
