import { Migration } from "@mikro-orm/migrations";

/** What has to be confirmed from a mailbox, and what a tenant allows. */
export class AccountsRequests extends Migration {
  override up(): void {
    this.addSql(`
      create table account_requests (
        id            uuid primary key,
        tenant_id     uuid not null references tenants on delete cascade,
        purpose       text not null check (purpose in
                        ('registration', 'verification', 'invitation', 'password-reset', 'email-change', 'email-changed', 'password-changed')),
        email         text not null,
        user_id       uuid,
        name          text,
        locale        text not null,
        token_hash    text,
        created_at    timestamptz not null default now(),
        expires_at    timestamptz not null,
        unique (tenant_id, id),
        unique (tenant_id, token_hash),
        foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
      );
      comment on table account_requests is
        'One row for each mail; gone once it is confirmed, or soon after it has expired.';
      comment on column account_requests.email is 'Where the mail goes to.';
      comment on column account_requests.user_id is
        'Null where whoever asked is not to learn whether there is an account.';
      comment on column account_requests.token_hash is 'Of what the last mail for it showed; null before any was sent.';
      create index account_requests_by_user on account_requests (tenant_id, user_id);
      create index account_requests_by_expiry on account_requests (tenant_id, expires_at);
      select protect_tenant_rows('account_requests');

      create table account_settings (
        id           uuid primary key,
        tenant_id    uuid not null unique references tenants on delete cascade,
        registration boolean not null default false,
        link         text,
        sender       text,
        revision     bigint not null default 1,
        created_at   timestamptz not null default now(),
        updated_at   timestamptz not null default now()
      );
      comment on column account_settings.registration is 'Whether anybody may make themselves an account.';
      comment on column account_settings.link is 'The page that links in mails lead to; null: mails show a code to type in.';
      comment on column account_settings.sender is 'The name that mails are from; null: the tenant''s own.';
      select protect_tenant_rows('account_settings');`);
  }
}
