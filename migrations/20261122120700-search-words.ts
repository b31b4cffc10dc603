import { Migration } from "@mikro-orm/migrations";

/**
 * Text to words, and the vocabulary of each tenant and locale.
 *
 * Vectors hold real words only. What a language adds (stems) and what people get wrong (typos) is
 * looked up in `index_words` when somebody searches: the vectors stay half as large, and prefixes,
 * typos and highlights deal with words that a reader can see.
 */
export class SearchWords extends Migration {
  override up(): void {
    this.addSql(`
      create extension if not exists btree_gin;

      create function cjk_bigrams(given text) returns text
      language sql immutable strict parallel safe
      return (
        select string_agg(
          case when length(run) > 1 and run ~ '[぀-ヿ㐀-鿿豈-﫿]' then
            (select string_agg(substr(run, i, 2), ' ' order by i) from generate_series(1, length(run) - 1) i)
          else run end, ' ' order by place)
        from regexp_matches(given, '[぀-ヿ㐀-鿿豈-﫿]+|[^぀-ヿ㐀-鿿豈-﫿]+', 'g')
          with ordinality as piece (parts, place), unnest(parts) run
      );
      comment on function cjk_bigrams(text) is
        'Chinese and Japanese are written without spaces: every two neighbouring signs become a word.';

      create function search_text(given text) returns text
      language sql immutable strict parallel safe
      begin atomic
        select case when bare ~ '[぀-ヿ㐀-鿿豈-﫿]' then cjk_bigrams(bare) else bare end
        from regexp_replace(
          regexp_replace(left(given, 60000), '<[^>]*>|&#?[a-z0-9]+;|[-_/.:@&=#+*|\\\\~^]', ' ', 'g'),
          '[''’]', '', 'g') bare;
      end;
      comment on function search_text(text) is
        'A text or HTML without markup and without what the parser would misread as a file, a host or a sign. Documents and queries both pass it.';

      create function joined_words(given text) returns text
      language sql immutable strict parallel safe
      return (
        select string_agg(replace(word[1], '-', ''), ' ')
        from regexp_matches(given, '[[:alnum:]]+(?:-[[:alnum:]]+)+', 'g') word
      );
      comment on function joined_words(text) is 'So that "tshirt" finds "t-shirt".';

      create function search_vector(locale text, a text, b text, c text, d text) returns tsvector
      language sql immutable parallel safe
      return setweight(to_tsvector('rustok_words', concat_ws(' ', search_text(a), joined_words(a))), 'A')
          || setweight(to_tsvector('rustok_words', concat_ws(' ', search_text(b), joined_words(b))), 'B')
          || setweight(to_tsvector('rustok_words', coalesce(search_text(c), '')), 'C')
          || setweight(to_tsvector('rustok_words', coalesce(search_text(d), '')), 'D');
      comment on function search_vector(text, text, text, text, text) is 'The words of four texts, weighted A to D.';`);

    this.addSql(`
      create function word_stem(language regconfig, word text) returns text
      language sql immutable strict parallel safe
      return (tsvector_to_array(to_tsvector(language, word)))[1];
      comment on function word_stem(regconfig, text) is 'Null for a word too common to search for.';

      create table index_words (
        tenant_id uuid not null references tenants on delete cascade,
        locale    text not null,
        word      text collate "C" not null,
        stem      text collate "C" not null,
        primary key (tenant_id, locale, word, stem)
      );
      comment on table index_words is
        'The words of each tenant''s documents by the locale they are found in. A word that no document holds any more does no harm; forget_words() removes it.';
      create index index_words_by_stem on index_words (tenant_id, locale, stem);
      create index index_words_by_trigram on index_words using gin (tenant_id, locale, word gin_trgm_ops);
      select protect_tenant_rows('index_words');
      create policy reader_reads on index_words for select to rustok_reader using (true);
      grant select on index_words to rustok_reader;`);

    // Words arrive sorted, so that projections which add the same ones wait for each other instead of locking up.
    this.addSql(`
      create function note_words() returns trigger
      language plpgsql as $$
      begin
        insert into index_words (tenant_id, locale, word, stem)
        select tenant_id, locale, word, coalesce(word_stem(search_config(shown_locale), word), word)
        from (
          select distinct tenant_id, locale, shown_locale, word
          from fresh, unnest(tsvector_to_array(search)) as word
        ) found
        where length(word) between 2 and 40
          and word !~ '[0-9]'
          and not exists (
            select from index_words known
            where known.tenant_id = found.tenant_id and known.locale = found.locale and known.word = found.word)
        order by tenant_id, locale, word, 4
        on conflict do nothing;
        return null;
      end $$;
      comment on function note_words() is 'Adds the words of rows just written to index_words.';`);

    for (const table of ["index_products", "index_content"]) {
      this.addSql(`
        create trigger note_new_words after insert on ${table}
          referencing new table as fresh for each statement execute function note_words();
        create trigger note_changed_words after update on ${table}
          referencing new table as fresh for each statement execute function note_words();`);
    }
  }
}
