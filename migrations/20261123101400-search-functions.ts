import { Migration } from "@mikro-orm/migrations";
import { functionOf, typeOf } from "./search-functions/function.ts";
import { content, products } from "./search-functions/kinds.ts";

/**
 * The searches, each one round trip: JSON says what is asked, JSON answers.
 *
 * Plans are made anew for each call, so that what is not asked for, be it a filter, a facet or the
 * total, is not in the plan at all. Making one takes longer than many searches: there is a statement
 * each for words and for everything, with facets and without, so that none carries the others' parts.
 */
export class SearchFunctions extends Migration {
  override up(): void {
    for (const search of [products, content]) {
      this.addSql(typeOf(search));
      this.addSql(functionOf(search));
    }
  }
}
