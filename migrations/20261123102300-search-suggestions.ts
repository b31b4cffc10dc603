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
        select found.query
        from (
          select p.query, p.score, p.last_day
          from search_popular p
          where p.tenant_id = of_tenant and p.locale = in_locale
            and p.query >= beginning and p.query < beginning || U&'\\+10FFFF'
          limit 20000
        ) found
        where found.last_day >= (now() at time zone 'utc')::date - 30
        order by found.score desc, found.query
        limit count;
      end;
      comment on function suggest_queries(uuid, text, text, integer) is
        'What has been searched for most lately of what begins so and found something. However many that are, it takes some 5 ms.';`);

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
