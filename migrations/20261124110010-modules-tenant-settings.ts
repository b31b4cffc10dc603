import { Migration } from "@mikro-orm/migrations";

/** What a tenant has set for its modules. */
export class ModulesTenantSettings extends Migration {
  override up(): void {
    this.addSql(`
      create table tenant_settings (
        tenant_id  uuid not null references tenants on delete cascade,
        module     text not null,
        value      jsonb not null check (jsonb_typeof(value) = 'object'),
        revision   bigint not null default 1,
        updated_at timestamptz not null default now(),
        primary key (tenant_id, module)
      );
      comment on table tenant_settings is
        'What a tenant has set for a module; the module''s own schema says what it may be.';
      select protect_tenant_rows('tenant_settings');`);
  }
}
