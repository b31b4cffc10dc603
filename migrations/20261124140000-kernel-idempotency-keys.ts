import { Migration } from "@mikro-orm/migrations";

/** What unsafe REST calls were answered, for whoever sends one again. */
export class KernelIdempotencyKeys extends Migration {
  override up(): void {
    this.addSql(`
      create table idempotency_keys (
        tenant_id   uuid not null references tenants on delete cascade,
        actor_id    uuid not null,
        key         text not null check (length(key) between 1 and 255),
        fingerprint bytea not null,
        claimed_at  timestamptz not null default now(),
        status      smallint,
        body        text,
        primary key (tenant_id, actor_id, key)
      );
      comment on table idempotency_keys is
        'Without a status the call is under way. Forgotten after a day.';
      create index idempotency_keys_by_age on idempotency_keys (tenant_id, claimed_at);
      select protect_tenant_rows('idempotency_keys');`);
  }
}
