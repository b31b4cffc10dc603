import { Migration } from "@mikro-orm/migrations";

/** Webhooks in: what each source signs with, and which messages were taken in. */
export class WebhooksHooks extends Migration {
  override up(): void {
    this.addSql(`
      create table hook_secrets (
        id                    uuid primary key,
        tenant_id             uuid not null references tenants on delete cascade,
        source                text not null,
        secret                text not null,
        previous_secret       text,
        previous_secret_until timestamptz,
        created_at            timestamptz not null default now(),
        rotated_at            timestamptz,
        unique (tenant_id, id),
        unique (tenant_id, source),
        check ((previous_secret is null) = (previous_secret_until is null))
      );
      comment on column hook_secrets.secret is 'Sealed with RUSTOK_SECRET.';
      select protect_tenant_rows('hook_secrets');

      create table hook_receipts (
        tenant_id   uuid not null references tenants on delete cascade,
        source      text not null,
        message_id  text not null check (length(message_id) between 1 and 255),
        received_at timestamptz not null default now(),
        primary key (tenant_id, source, message_id)
      );
      comment on table hook_receipts is
        'Written in the transaction of what a message has changed: of any number of the same message one has an effect.';
      create index hook_receipts_by_age on hook_receipts (tenant_id, received_at);
      select protect_tenant_rows('hook_receipts');`);
  }
}
