import { Migration } from "@mikro-orm/migrations";

/** Where people are signed in. A session is also the family of its refresh tokens, none of which is stored. */
export class AccountsSessions extends Migration {
  override up(): void {
    this.addSql(`
      create table sessions (
        id           uuid primary key,
        tenant_id    uuid not null references tenants on delete cascade,
        user_id      uuid not null,
        method       text not null check (method in ('password', 'oidc')),
        salt         text not null,
        generation   integer not null default 1,
        address      text,
        user_agent   text,
        created_at   timestamptz not null default now(),
        refreshed_at timestamptz not null default now(),
        expires_at   timestamptz not null,
        ended_at     timestamptz,
        end_reason   text check (end_reason in ('signed-out', 'reuse', 'password', 'administrator')),
        unique (tenant_id, id),
        check ((ended_at is null) = (end_reason is null)),
        foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
      );
      comment on column sessions.generation is 'Of the one refresh token that is good: those before it have been used.';
      comment on column sessions.salt is 'What its refresh tokens are derived from, beside RUSTOK_SECRET.';
      create index sessions_by_user on sessions (tenant_id, user_id);
      select protect_tenant_rows('sessions');
      create policy reader_reads on sessions for select to rustok_reader using (true);
      grant select on sessions to rustok_reader;
      create policy reader_reads on users for select to rustok_reader using (true);
      grant select (id, tenant_id, role) on users to rustok_reader;`);

    this.addSql(`
      create function session_state(of_tenant uuid, of_session uuid)
      returns table (user_id uuid, role text)
      language sql stable security definer set search_path = public, pg_temp
      begin atomic
        select u.id, u.role
        from sessions s
        join users u on u.tenant_id = s.tenant_id and u.id = s.user_id
        where s.tenant_id = of_tenant and s.id = of_session and s.ended_at is null and s.expires_at > now();
      end;
      comment on function session_state(uuid, uuid) is 'Whose session it is; no row when it has ended.';
      alter function session_state(uuid, uuid) owner to rustok_reader;
      revoke all on function session_state(uuid, uuid) from public;
      grant execute on function session_state(uuid, uuid) to rustok_app;`);
  }
}
