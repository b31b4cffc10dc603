import { Migration } from "@mikro-orm/migrations";

/** People who were invited, who registered, or who sign in elsewhere; and what guards them beside a password. */
export class AccountsUsersAndSecondFactors extends Migration {
  override up(): void {
    this.addSql(`
      alter table users
        alter column password_hash drop not null,
        add column email_verified_at timestamptz,
        add column revision bigint not null default 1,
        add column updated_at timestamptz not null default now(),
        drop constraint users_role_check,
        add constraint users_role_check check (role in ('administrator', 'manager', 'editor', 'customer'));
      comment on column users.password_hash is 'Null: no password opens the account.';
      comment on column users.email_verified_at is 'When its owner last showed to read what is sent there.';`);

    this.addSql(`
      create table second_factors (
        tenant_id    uuid not null references tenants on delete cascade,
        user_id      uuid not null,
        secret       text not null,
        confirmed_at timestamptz,
        last_step    bigint not null default 0,
        primary key (tenant_id, user_id),
        foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
      );
      comment on column second_factors.secret is 'Of RFC 6238, sealed with RUSTOK_SECRET.';
      comment on column second_factors.confirmed_at is 'Null: it is not asked for yet.';
      comment on column second_factors.last_step is 'The latest interval of 30 seconds whose code was taken; none up to it is taken again.';
      select protect_tenant_rows('second_factors');

      create table recovery_codes (
        tenant_id uuid not null references tenants on delete cascade,
        user_id   uuid not null,
        hash      text not null,
        primary key (tenant_id, user_id, hash),
        foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
      );
      comment on table recovery_codes is 'Those not used yet; each stands in for a code of the second factor once.';
      select protect_tenant_rows('recovery_codes');`);
  }
}
