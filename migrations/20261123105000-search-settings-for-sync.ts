import { Migration } from "@mikro-orm/migrations";

/** Who feeds the search engine gives a tenant's own indexes the settings of that tenant. */
export class SearchSettingsForSync extends Migration {
  override up(): void {
    this.addSql(`
      create policy search_reads on search_settings for select to rustok_search using (true);
      grant select on search_settings to rustok_search;`);
  }
}
