import { Migration } from "@mikro-orm/migrations";

/** What one of a variant costs the shop: for those who may know. */
export class CommerceCostPrices extends Migration {
  override up(): void {
    this.addSql(`
      alter table product_variants
        add column cost_amount bigint check (cost_amount >= 0),
        add column cost_currency char(3),
        add constraint product_variants_cost_check check ((cost_amount is null) = (cost_currency is null));
      comment on column product_variants.cost_amount is 'Minor units of cost_currency. Nothing public shows it.';`);
  }
}
