import { Migration } from "@mikro-orm/migrations";

/** The stemmers PostgreSQL ships, by language; a text in any other language is kept as it is. */
const stemmers = {
  da: "danish",
  de: "german",
  en: "english",
  es: "spanish",
  fi: "finnish",
  fr: "french",
  hu: "hungarian",
  it: "italian",
  nl: "dutch",
  no: "norwegian",
  pt: "portuguese",
  ro: "romanian",
  ru: "russian",
  sv: "swedish",
  tr: "turkish",
};

/**
 * How a text becomes searchable. `rustok_words` keeps each word as it is but for accents: for exact
 * hits, prefixes and typos. A language's configuration keeps stems: "Hemden" finds "Hemd".
 */
export class IndexSearchText extends Migration {
  override up(): void {
    this.addSql(`
      create text search configuration rustok_words (copy = simple);
      alter text search configuration rustok_words
        alter mapping for word, hword, hword_part, numword, numhword with unaccent, simple;`);

    for (const language of Object.values(stemmers)) {
      this.addSql(`
        create text search configuration rustok_${language} (copy = ${language});
        alter text search configuration rustok_${language}
          alter mapping for word, hword, hword_part with unaccent, ${language}_stem;
        alter text search configuration rustok_${language}
          alter mapping for numword, numhword with unaccent, simple;`);
    }

    const choices = Object.entries(stemmers)
      .map(([code, language]) => `when '${code}' then regconfig 'rustok_${language}'`)
      .join("\n          ");
    this.addSql(`
      create function search_config(locale text) returns regconfig
      language sql immutable strict parallel safe
      return case split_part(lower(locale), '-', 1)
          ${choices}
          else regconfig 'rustok_words'
        end;
      comment on function search_config(text) is
        'The stemming configuration for a BCP 47 locale; rustok_words where there is none.';`);
  }
}
