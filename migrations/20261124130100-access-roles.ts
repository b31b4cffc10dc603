import { Migration } from "@mikro-orm/migrations";

/** Roles that tenants make themselves, and the few people who may do everything in every tenant. */
export class AccessRoles extends Migration {
  override up(): void {
    this.addSql(`
      create table roles (
        id          uuid primary key,
        tenant_id   uuid not null references tenants on delete cascade,
        slug        text not null check (slug ~ '^[a-z0-9](-?[a-z0-9])*$' and length(slug) <= 63),
        name        text not null,
        permissions text[] not null,
        revision    bigint not null default 1,
        created_at  timestamptz not null default now(),
        updated_at  timestamptz not null default now(),
        unique (tenant_id, id),
        constraint roles_slug_key unique (tenant_id, slug),
        constraint roles_built_in_check
          check (slug not in ('super-administrator', 'administrator', 'manager', 'editor', 'customer'))
      );
      comment on table roles is 'Beside the built-in ones, whose permissions the modules declare.';
      select protect_tenant_rows('roles');`);

    this.addSql(`
      alter table users drop constraint if exists users_role_check;
      alter table users
        add column custom_role text generated always as
          (case when role in ('administrator', 'manager', 'editor', 'customer') then null else role end) stored,
        add constraint users_role_fkey foreign key (tenant_id, custom_role) references roles (tenant_id, slug);
      create index users_by_custom_role on users (tenant_id, custom_role) where custom_role is not null;
      comment on column users.role is 'The slug of a built-in role, or of one of the tenant''s own.';`);

    this.addSql(`
      create table platform_administrators (
        user_id        uuid primary key,
        home_tenant_id uuid not null,
        granted_at     timestamptz not null default now(),
        constraint platform_administrators_user_id_fkey
          foreign key (home_tenant_id, user_id) references users (tenant_id, id) on delete cascade
      );
      create index platform_administrators_by_home on platform_administrators (home_tenant_id, user_id);
      comment on table platform_administrators is
        'Who may do everything in every tenant. Only the owner of the tables writes it: nothing that a server can be talked into makes anybody one.';
      grant select on platform_administrators to rustok_reader;

      create function platform_home(of_user uuid) returns uuid
      language sql stable security definer set search_path = public
      begin atomic
        select home_tenant_id from platform_administrators where user_id = of_user;
      end;
      comment on function platform_home(uuid) is
        'The tenant in which a super administrator signs in; null for everybody else.';
      alter function platform_home(uuid) owner to rustok_reader;
      revoke all on function platform_home(uuid) from public;
      grant execute on function platform_home(uuid) to rustok_app;`);
  }
}
