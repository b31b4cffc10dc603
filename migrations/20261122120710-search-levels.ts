import { Migration } from "@mikro-orm/migrations";

/**
 * From what somebody typed to the queries that find it: the words as typed, then the words they
 * begin or whose stem they share, then the words they may be a misspelling of.
 */
export class SearchLevels extends Migration {
  override up(): void {
    this.addSql(String.raw`
      create function transposed(word text) returns text[]
      language sql immutable strict parallel safe
      return array(
        select overlay(word placing substr(word, i + 1, 1) || substr(word, i, 1) from i for 2)
        from generate_series(1, length(word) - 1) i
      );
      comment on function transposed(text) is
        'The word with each two neighbours swapped: a typo like any other to a person, two to levenshtein().';

      create function misspelt_words(of_tenant uuid, in_locale text, typed text, unfinished boolean) returns text[]
      language plpgsql stable parallel safe
      set pg_trgm.similarity_threshold = 0.3
      set enable_seqscan = off set plan_cache_mode = force_generic_plan
      as $$
      declare
        typos constant integer := case when length(typed) >= 9 then 2 when length(typed) >= 5 then 1 else 0 end;
        swapped constant text[] := transposed(typed);
        swapped_twice text[] := '{}';
        beginning constant text := left(typed, 3);
      begin
        if typos = 0 then
          return '{}';
        elsif typos = 2 then
          -- Two letters wrong of nine leave a similarity of 0.176 at the least.
          perform set_config('pg_trgm.similarity_threshold', '0.17', true);
          swapped_twice := array(select unnest(transposed(once)) from unnest(swapped) once);
        end if;
        return array(
          select word from index_words
          where tenant_id = of_tenant and locale = in_locale and word % typed
            and length(word) between length(typed) - typos and length(typed) + typos
            and levenshtein_less_equal(typed, word, typos + 1) <= typos + 1
            and (levenshtein_less_equal(typed, word, typos) <= typos
              or exists (
                select from unnest(swapped) near
                where levenshtein_less_equal(near, word, typos - 1) < typos))
          union
          select word from index_words
          where tenant_id = of_tenant and locale = in_locale and word = any (swapped || swapped_twice)
          union
          (select word from index_words
          where unfinished and tenant_id = of_tenant and locale = in_locale
            and word between beginning and beginning || U&'\+10FFFF'
            and exists (
              select from generate_series(-1, 1) more
              where levenshtein_less_equal(left(word, length(typed) + more), typed, 1) <= 1)
          order by word
          limit 50));
      end $$;
      comment on function misspelt_words(uuid, text, text, boolean) is
        'The words that may be meant: one typo away from five letters on, two from nine. An unfinished word may also begin them with one typo after its third letter.';`);

    this.addSql(String.raw`
      create aggregate all_of (tsquery) (sfunc = tsquery_and, stype = tsquery, parallel = safe);
      create aggregate any_of (tsquery) (sfunc = tsquery_or, stype = tsquery, parallel = safe);

      create function quoted_word(word text) returns text
      language sql immutable strict parallel safe
      return concat('''', replace(replace(word, '\', '\\'), '''', ''''''), '''');

      create function one_of(words text[], beginning text) returns tsquery
      language sql immutable parallel safe
      return (
        select string_agg(word, ' | ')
        from (
          select quoted_word(word) from unnest(words) word
          union all
          select quoted_word(beginning) || ':*'
        ) as choice (word)
      )::tsquery;
      comment on function one_of(text[], text) is 'Any of the words, or a word with that beginning.';`);

    this.addSql(String.raw`
      create function search_levels(of_tenant uuid, in_locale text, query text, forgiving boolean)
      returns table (finders tsquery[], rankers tsquery[])
      language plpgsql stable parallel safe
      set enable_seqscan = off set plan_cache_mode = force_generic_plan
      as $$
      begin
        return query
        with language as (
          select distinct search_config(locale) as config
          from tenants, unnest(array[in_locale, default_locale]) locale
          where id = of_tenant
        ),
        typed as (
          select lexeme as word, stems, cardinality(stems) = 0 as common,
            bool_and(cardinality(stems) = 0) over () as all_common,
            case when positions[1] = max(positions[1]) over () and query !~ '\s$' then lexeme end as beginning
          from unnest(to_tsvector('rustok_words', search_text(left(query, 500)))),
            lateral (select array_remove(array_agg(word_stem(config, lexeme)), null) from language) l (stems)
          order by positions[1]
          limit 10
        ),
        meant as (
          select word, beginning,
            array(
              select kin.word from index_words kin
              where kin.tenant_id = of_tenant and kin.locale = in_locale
                and kin.stem = any (stems) and kin.word <> typed.word) as kin,
            array(
              select kin.word
              from index_words likely
              join index_words kin
                on kin.tenant_id = likely.tenant_id and kin.locale = likely.locale and kin.stem = likely.stem
              where forgiving and likely.tenant_id = of_tenant and likely.locale = in_locale
                and likely.word = any (misspelt_words(of_tenant, in_locale, typed.word, beginning is not null))) as likely
          from typed
          where all_common or not common
        ),
        level as (
          select n, all_of(one_of(words, start)) as finder, any_of(one_of(words, start)) as ranker
          from meant, lateral (values
            (1, array[word], null),
            (2, word || kin, beginning),
            (3, word || kin || likely, beginning)) as step (n, words, start)
          where n < 3 or forgiving
          group by n
        )
        select
          array_agg(case when before is null then finder else finder && !!before end order by n),
          array_agg(ranker order by n)
        from (select *, lag(finder) over (order by n) as before from level) step
        where finder is distinct from before;
      end $$;
      comment on function search_levels(uuid, text, text, boolean) is
        'Queries that no two find the same row with, best first, and what to rank their rows by; null when nothing that is a word was typed. All words must match; the most common ones of the language count only when there is nothing else; the eleventh and later are passed over. Misspellings only when forgiving.';`);
  }
}
