import { Migration } from "@mikro-orm/migrations";

/** When what is on hand was last counted by a warehouse: an older count that comes late changes nothing. */
export class CommerceStockCounts extends Migration {
  override up(): void {
    this.addSql(`
      create table stock_counts (
        tenant_id   uuid not null,
        variant_id  uuid not null,
        location_id uuid not null,
        counted_at  timestamptz not null,
        primary key (tenant_id, variant_id, location_id),
        foreign key (tenant_id, variant_id) references product_variants (tenant_id, id) on delete cascade,
        foreign key (tenant_id, location_id) references stock_locations (tenant_id, id) on delete cascade
      );
      select protect_tenant_rows('stock_counts');`);
  }
}
