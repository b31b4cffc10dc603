import { Migration } from "@mikro-orm/migrations";

/**
 * What a shop's own words offer to somebody who types: how a word may go on, and what a misspelt one
 * may have been.
 *
 * How common a word is was never counted: a counter would be a row that every projection waits for.
 * A word keeps the greatest share of one batch it was seen in, as a power of two, so that it is written
 * a few times in its life; index:rebuild counts for good.
 */
export class SearchSuggestedWords extends Migration {
  override up(): void {
    this.addSql(String.raw`
      create function floor_log2(given bigint) returns integer
      language sql immutable strict parallel safe
      return 64 - position(B'1' in given::bit(64));
      comment on function floor_log2(bigint) is 'Of a number from 1 on.';

      alter table index_words add column commonness smallint not null default 0;
      comment on column index_words.commonness is
        'About how many documents have the word, floor(log2(n)); -1 if it is too common in its language to be meant. Exact after a rebuild.';
      create index index_words_by_commonness on index_words (tenant_id, locale, commonness, word);

      create or replace function note_words() returns trigger
      language plpgsql as $$
      begin
        insert into index_words as known (tenant_id, locale, word, stem, commonness)
        select tenant_id, locale, word, coalesce(stem, word), case when stem is null then -1 else floor_log2(documents) end
        from (
          select tenant_id, locale, shown_locale, word, count(*) as documents
          from fresh, unnest(tsvector_to_array(search)) as word
          group by 1, 2, 3, 4
        ) found,
        lateral (select word_stem(search_config(shown_locale), word) as stem) language
        where length(word) between 2 and 40
          and word !~ '[0-9]'
          and not exists (
            select from index_words same
            where same.tenant_id = found.tenant_id and same.locale = found.locale and same.word = found.word
              and (same.commonness < 0 or same.commonness >= floor_log2(documents)))
        order by tenant_id, locale, word, 4
        on conflict (tenant_id, locale, word, stem) do update
        set commonness = excluded.commonness
        where known.commonness < excluded.commonness;
        return null;
      end $$;`);

    this.addSql(String.raw`
      create function suggest_words(of_tenant uuid, in_locale text, beginning text, count integer)
      returns table (word text)
      language sql stable parallel safe security definer
      set search_path = public, pg_temp
      begin atomic
        select completion.word
        from (
          select lexeme as typed
          from unnest(to_tsvector('rustok_words', search_text(left(beginning, 100))))
          order by positions[1] desc
          limit 1
        ) last
        cross join generate_series(24, 0, -1) as level (commonness)
        cross join lateral (
          select distinct known.word collate "C" as word
          from index_words known
          where known.tenant_id = of_tenant and known.locale = in_locale
            and known.commonness = level.commonness
            and known.word between last.typed and last.typed || U&'\+10FFFF'
          order by 1
          limit count
        ) completion
        order by level.commonness desc, completion.word
        limit count;
      end;
      comment on function suggest_words(uuid, text, text, integer) is
        'Words that the last word of the beginning may become, most common first. Each level of commonness is one look into the index, however many words begin so.';`);

    this.addSql(String.raw`
      create function likeliest_word(of_tenant uuid, in_locale text, typed text) returns text
      language sql stable parallel safe
      begin atomic
        select word
        from unnest(misspelt_words(of_tenant, in_locale, typed, false)) as guess (word)
        join index_words using (word)
        where tenant_id = of_tenant and locale = in_locale
        order by
          case when word = any (transposed(typed)) then 1 else levenshtein(word, typed) end,
          commonness desc, similarity(word, typed) desc, word
        limit 1;
      end;
      comment on function likeliest_word(uuid, text, text) is
        'Of the words that a misspelt one may be: the fewest typos away, then the most common. Null when there is none.';

      create function did_you_mean(of_tenant uuid, in_locale text, query text) returns text
      language sql stable parallel safe security definer
      set search_path = public, pg_temp
      begin atomic
        with piece as (
          select part[1] as written, place, place = max(place) over () as last,
            (tsvector_to_array(to_tsvector('rustok_words', search_text(part[1]))))[1] as word
          from regexp_matches(
            normalize(left(query, 500)), '[[:alnum:]]+(?:[''’][[:alnum:]]+)*|[^[:alnum:]]+', 'g')
            with ordinality as split (part, place)
        ),
        language as (
          select distinct search_config(locale) as config
          from tenants, unnest(array[in_locale, default_locale]) locale
          where id = of_tenant
        ),
        corrected as materialized (
          select place, written,
            case when place < 40 and length(word) >= 5 and word !~ '[0-9]'
              and not exists (
                select from index_words known
                where known.tenant_id = of_tenant and known.locale = in_locale
                  and known.word between piece.word and case when piece.last then piece.word || U&'\+10FFFF' else piece.word end)
              and not exists (
                select from language, word_stem(config, piece.word) as kin
                where kin is null or exists (
                  select from index_words known
                  where known.tenant_id = of_tenant and known.locale = in_locale and known.stem = kin))
            then likeliest_word(of_tenant, in_locale, word) end as meant
          from piece
        )
        select string_agg(coalesce(meant, written), '' order by place)
        from corrected
        having count(meant) > 0;
      end;
      comment on function did_you_mean(uuid, text, text) is
        'The query with each word that no document knows, nor a form of it, replaced by its likeliest; null when nothing changes.';`);

    for (const reader of [
      "suggest_words(uuid, text, text, integer)",
      "did_you_mean(uuid, text, text)",
    ]) {
      this.addSql(`
        alter function ${reader} owner to rustok_reader;
        revoke all on function ${reader} from public;
        grant execute on function ${reader} to rustok_app;`);
    }
  }
}
