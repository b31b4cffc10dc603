import { Migration } from "@mikro-orm/migrations";

/**
 * From what somebody typed to the queries that find it, as before, and more: words that the tenant lets
 * find each other, words it passes over, phrases, and what must not be there.
 *
 * A unit is what counts as one word: a word, several that others stand for, or a phrase.
 */
export class SearchLevels extends Migration {
  override up(): void {
    this.addSql(phrases);
    this.addSql(misspellings);
    this.addSql(levels);
  }
}

const phrases = String.raw`
      create function phrase_words(given text) returns text[]
      language sql immutable strict parallel safe
      return array(
        select lexeme
        from unnest(to_tsvector('rustok_words', search_text(given))) as word (lexeme, positions, weights),
          unnest(positions) as position
        order by position
      );
      comment on function phrase_words(text) is 'The words of a text as the index spells them, in their order.';

      create function phrase_query(words text[], weight text) returns tsquery
      language sql immutable strict parallel safe
      return (
        select string_agg(quoted_word(word) || ':' || weight, ' <-> ' order by place)
        from unnest(words) with ordinality as phrase (word, place)
      )::tsquery;
      comment on function phrase_query(text[], text) is 'The words one after the other, all in the text of that weight.';

      create function phrase_query(words text[]) returns tsquery
      language sql immutable strict parallel safe
      return case cardinality(words)
        when 0 then null
        when 1 then quoted_word(words[1])::tsquery
        else phrase_query(words, 'A') || phrase_query(words, 'B') || phrase_query(words, 'C') || phrase_query(words, 'D')
      end;
      comment on function phrase_query(text[]) is
        'The words one after the other in some text: the last of a title and the first of a keyword are no neighbours.';

      -- Without concat(), which may depend on settings, so that it becomes part of the query that calls it.
      create or replace function quoted_word(word text) returns text
      language sql immutable strict parallel safe
      return '''' || replace(replace(word, '\', '\\'), '''', '''''') || '''';

      drop function one_of(text[], text);`;

const misspellings = String.raw`
      create or replace function misspelt_words(of_tenant uuid, in_locale text, typed text, unfinished boolean) returns text[]
      language plpgsql stable parallel safe
      set pg_trgm.similarity_threshold = 0.3
      set enable_seqscan = off set plan_cache_mode = force_generic_plan
      as $$
      declare
        typos constant integer := case
          when length(typed) > 42 then 0 when length(typed) >= 9 then 2 when length(typed) >= 5 then 1 else 0 end;
        swapped text[];
        swapped_twice text[] := '{}';
        beginning constant text := left(typed, 3);
      begin
        if typos = 0 then
          return '{}';
        end if;
        swapped := transposed(typed);
        if typos = 2 then
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
        'The words that may be meant: one typo away from five letters on, two from nine, none from 43 on: there are no such words. An unfinished word may also begin them with one typo after its third letter.';`;

const levels = String.raw`
      create type search_level as (
        level integer, finder tsquery, titled tsquery[], filed tsquery[], ranker tsquery);

      drop function search_levels(uuid, text, text, boolean);
      create function search_levels(
        of_tenant uuid, in_locale text, typed text, phrases text[], excluded text[],
        synonyms jsonb, stop_words text[], forgiving boolean)
      returns setof search_level
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
        standing as (
          select word, position
          from unnest(to_tsvector('rustok_words', search_text(left(typed, 500)))) as found (word, positions, weights),
            unnest(positions) as position
        ),

        -- Where several words stand that others stand for, the longest first, none within two.
        synonym as (
          select list, phrase_words(entry) as words
          from jsonb_array_elements(synonyms) with ordinality as lists (entries, list),
            jsonb_array_elements_text(entries) as entry
        ),
        span as (
          select distinct words, position as first, position + cardinality(words) - 1 as last
          from synonym join standing on word = words[1]
          where cardinality(words) > 1 and not exists (
            select from unnest(words) with ordinality as part (word, place)
            where not exists (
              select from standing next
              where next.word = part.word and next.position = standing.position + place - 1))
        ),
        kept as (
          select words, first, last from span
          where not exists (
            select from span longer
            where longer.first <= span.last and longer.last >= span.first
              and (longer.last - longer.first, -longer.first) > (span.last - span.first, -span.first))
        ),

        judged as (
          select word, unit, spanned, stems, common, position,
            bool_and(common) over () and cardinality(phrases) = 0 as nothing_else,
            case when last = max(last) over () and typed !~ '\s$' then word end as beginning
          from (
            select word, coalesce(kept.first, min(position)) as unit, kept.first is not null as spanned,
              min(position) as position, max(position) as last
            from standing left join kept on position between kept.first and kept.last
            group by word, kept.first
          ) w,
          lateral (
            select array_remove(array_agg((tsvector_to_array(to_tsvector(config, word)))[1]), null) as stems
            from language
          ) l,
          lateral (
            select not spanned and case
              when cardinality(stems) = 0 then true
              when cardinality(stop_words) = 0 then false
              else word = any (phrase_words(array_to_string(stop_words, ' ')))
            end as common
          ) c
          order by position
          limit 10
        ),
        meant as (
          select word, unit, spanned, quoted_word(word) as quoted, quoted_word(beginning) as beginning,
            array(
              select quoted_word(kin.word) from index_words kin
              where kin.tenant_id = of_tenant and kin.locale = in_locale
                and kin.stem = any (stems) and kin.word <> judged.word) as kin,
            array(
              select quoted_word(kin.word)
              from index_words likely
              join index_words kin
                on kin.tenant_id = likely.tenant_id and kin.locale = likely.locale and kin.stem = likely.stem
              where likely.tenant_id = of_tenant and likely.locale = in_locale and likely.word = any (guesses)) as likely
          from judged
          -- Apart, or a plan for a table not yet analysed would guess anew for each word of the vocabulary.
          cross join lateral (
            select case when forgiving then
              misspelt_words(of_tenant, in_locale, judged.word, beginning is not null) end as guesses
            offset 0
          ) guessed
          where nothing_else or not common
        ),
        stood_for as (
          select unit, any_of(phrase_query(other.words)) as anywhere, any_of(phrase_query(other.words, 'A')) as titled
          from (
            select first, words from kept
            union all
            select unit, array[word] from meant where not spanned
          ) as typed_unit (unit, words)
          join synonym one using (words)
          join synonym other on other.list = one.list and other.words <> one.words and cardinality(other.words) > 0
          group by unit
        ),
        unit_level as (
          select n, unit,
            case when n > 1 and stood_for is not null then of_words.anywhere || stood_for.anywhere else of_words.anywhere end as anywhere,
            case when n > 1 and stood_for is not null then of_words.titled || stood_for.titled else of_words.titled end as titled,
            case when n > 1 and stood_for is not null then ranker || stood_for.anywhere else ranker end as ranker
          from (
            select n, unit, all_of(anywhere::tsquery) as anywhere, all_of(titled::tsquery) as titled,
              any_of(anywhere::tsquery) as ranker
            from meant,
              lateral (values
                (1, array[quoted], null),
                (2, quoted || kin, beginning),
                (3, quoted || kin || likely, beginning)) as step (n, words, start),
              lateral (select
                array_to_string(words, ' | ') || coalesce(' | ' || start || ':*', '') as anywhere,
                array_to_string(words, ':A | ') || ':A' || coalesce(' | ' || start || ':*A', '') as titled) as query
            where n < 3 or forgiving
            group by n, unit
          ) of_words
          left join stood_for using (unit)
          union all
          select n, 1000 + place, phrase_query(words), phrase_query(words, 'A'), phrase_query(words)
          from unnest(phrases) with ordinality as phrase (given, place),
            lateral phrase_words(given) as words, generate_series(1, case when forgiving then 3 else 2 end) as n
          where cardinality(words) > 0
        ),
        step as (
          select n, all_of(anywhere) as finder, array_agg(titled order by unit) as titled,
            array_agg(anywhere order by unit) as filed, any_of(ranker) as ranker
          from unit_level
          group by n
        ),
        exclusion as (
          select any_of(phrase_query(phrase_words(given))) as unwanted from unnest(excluded) as given
        )
        select n,
          case
            when before is null and unwanted is null then finder
            when before is null then finder && !!unwanted
            when unwanted is null then finder && !!before
            else finder && !!(before || unwanted)
          end,
          titled, filed, ranker
        from (select *, lag(finder) over (order by n) as before from step) step, exclusion
        where finder is distinct from before
        order by n;
      end $$;
      comment on function search_levels(uuid, text, text, text[], text[], jsonb, text[], boolean) is
        'Queries that no two find the same row with, best first: 1 the words as typed; 2 with other forms, a last word that is only begun, and synonyms; 3, only when forgiving, with misspellings. None when nothing that is a word was typed. For each what finds a unit in a title, or anywhere, and all it is ranked by. All units must match; words too common in the language, or passed over by the tenant, count only when there is nothing else; the eleventh word and later are passed over.';`;
