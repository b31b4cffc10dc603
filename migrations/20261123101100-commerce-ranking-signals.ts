import { Migration } from "@mikro-orm/migrations";

/** What a shop knows of a product that words do not say: how much it wants it seen, and how often it was bought. */
export class CommerceRankingSignals extends Migration {
  override up(): void {
    this.addSql(`
      alter table products
        add column boost integer not null default 0 check (boost between -100 and 100);
      comment on column products.boost is 'Above 0 search shows it before others that match as well, below 0 after them.';

      create table product_sales (
        tenant_id  uuid not null,
        product_id uuid not null,
        units      bigint not null check (units >= 0),
        primary key (tenant_id, product_id),
        foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
      );
      comment on table product_sales is
        'Units sold so far, returns taken off. A row apart from its product: orders come in while editors edit.';
      select protect_tenant_rows('product_sales');`);
  }
}
