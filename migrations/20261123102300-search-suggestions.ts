import { Migration } from "@mikro-orm/migrations";

/** What is offered to somebody who types, beside words and products. */
export class SearchSuggestions extends Migration {
  override up(): void {
    this.addSql(`
      create function plain_text(given text) returns text
      language sql immutable strict parallel safe
      return lower(unaccent('unaccent', given));
      comment on function plain_text(text) is 'In lower case and without accents, for comparing beginnings.';

      create index index_categories_by_beginning on index_categories
        (tenant_id, locale, (plain_text(name) collate "C")) where visible;

      create function suggest_categories(of_tenant uuid, in_locale text, beginning text, count integer)
      returns table (doc jsonb)
      language sql stable parallel safe security definer set search_path = public, pg_temp
      begin atomic
        select c.doc
        from index_categories c
        where c.tenant_id = of_tenant and c.locale = in_locale and c.visible
          and c.generation = (select live_generation(of_tenant, 'category'))
          and plain_text(c.name) collate "C" >= plain_text(beginning)
          and plain_text(c.name) collate "C" < plain_text(beginning) || U&'\\+10FFFF'
        order by plain_text(c.name) collate "C", c.category_id
        limit count;
      end;
      comment on function suggest_categories(uuid, text, text, integer) is
        'Categories of the shop and the site whose names begin so, whatever their case and accents, by name.';

      create function suggest_queries(of_tenant uuid, in_locale text, beginning text, count integer)
      returns table (query text)
      language sql stable parallel safe security definer set search_path = public, pg_temp
      begin atomic
        select q.query
        from search_queries q
        where q.tenant_id = of_tenant and q.locale = in_locale
          and q.query >= beginning and q.query < beginning || U&'\\+10FFFF'
          and q.day >= (now() at time zone 'utc')::date - 30
        group by q.query
        having sum(q.searches) > sum(q.without_results)
        order by sum(q.searches) desc, q.query
        limit count;
      end;
      comment on function suggest_queries(uuid, text, text, integer) is
        'What has been searched for most in the last thirty days of what begins so and found something.';`);

    for (const reader of [
      "suggest_categories(uuid, text, text, integer)",
      "suggest_queries(uuid, text, text, integer)",
    ]) {
      this.addSql(`
        alter function ${reader} owner to rustok_reader;
        revoke all on function ${reader} from public;
        grant execute on function ${reader} to rustok_app;`);
    }
  }
}
