import { Migration } from "@mikro-orm/migrations";

/** Whose stock is low, and who does not want to be told of what. */
export class NotificationsNotifications extends Migration {
  override up(): void {
    this.addSql(`
      create table stock_watches (
        tenant_id  uuid not null references tenants on delete cascade,
        variant_id uuid not null,
        threshold  integer check (threshold >= 0),
        is_low     boolean not null default false,
        primary key (tenant_id, variant_id),
        foreign key (tenant_id, variant_id) references product_variants (tenant_id, id) on delete cascade
      );
      comment on column stock_watches.threshold is 'The variant''s own; null: the tenant''s.';
      comment on column stock_watches.is_low is 'Since it was said; it is said again once it was not for a while.';
      select protect_tenant_rows('stock_watches');

      create table notification_opt_outs (
        tenant_id uuid not null references tenants on delete cascade,
        user_id   uuid not null,
        template  text not null,
        primary key (tenant_id, user_id, template),
        foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
      );
      comment on table notification_opt_outs is 'What people do not want to be told of by mail.';
      select protect_tenant_rows('notification_opt_outs');`);
  }
}
