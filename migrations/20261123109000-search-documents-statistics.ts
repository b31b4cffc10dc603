import { Migration } from "@mikro-orm/migrations";

/**
 * Lets who feeds the search engine have PostgreSQL look at the documents anew. Of a table it has not
 * looked at since it was small it takes a tenant's documents to be a few, and finds each of a thousand
 * by reading all: seconds for what takes milliseconds, until it comes to look by itself.
 */
export class SearchDocumentsStatistics extends Migration {
  override up(): void {
    this.addSql(`
      create function analyze_search_documents() returns void
      language plpgsql security definer set search_path = public
      as $$
      begin
        analyze search_documents;
      end $$;
      revoke execute on function analyze_search_documents() from public;
      grant execute on function analyze_search_documents() to rustok_search;`);
  }
}
