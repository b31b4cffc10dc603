import { Migration } from "@mikro-orm/migrations";

/** People who sign in; an address is unique within a tenant. */
export class AccountsUsers extends Migration {
  override up(): void {
    this.addSql(`
      create table users (
        id            uuid primary key,
        tenant_id     uuid not null references tenants on delete cascade,
        email         text not null,
        name          text not null,
        role          text not null check (role in ('administrator', 'editor')),
        password_hash text not null,
        created_at    timestamptz not null default now(),
        unique (tenant_id, id)
      );
      create unique index users_email on users (tenant_id, lower(email));
      select protect_tenant_rows('users');`);
  }
}
