/** What a search of one kind of document has beyond what every search has; rows of its table are called `r`. */
export interface Search {
  /** The function is search_<this>, what it is asked a <this>_search. */
  name: string;
  table: string;
  /** What generations call it. */
  kind: string;
  id: string;
  /** The scope of its categories. */
  scope: string;
  /** Further fields of what is asked, and the conditions that no facet is counted without. */
  fields: string;
  conditions: string;
  /** What is chosen among the values of facets besides categories and tags. */
  choices: Choice[];
  /** What the tenant may rank by, a number from 0 up: the smaller, the better. */
  signals: Record<string, string>;
  /** Further facets. */
  facets: Facet[];
  /** Further orders: a number for `case ordered`. */
  orders: string;
  /** Further columns of a hit that is counted, and entries of the answer made of them. */
  counting: string;
  figures: string;
  /** What a hit shows of its document `d`, and how. */
  document: string;
  card: string;
}

/** A condition that its own facet is counted without; its place among the others is its bit in `failed`. */
export interface Choice {
  facet: string;
  given: string;
  holds: string;
}

export interface Facet {
  name: string;
  /** The hits' column: the value itself, or the key of the list that holds it. */
  column: string;
  list?: string;
  /** What people call a value, read from the document of some hit that has it; if left out, by itself. */
  label?: string;
  /** Which hits are counted beside those that all choices hold for; if left out, those that only its own fails for. */
  besides?: string;
}

/** A search is one of these: of words or of everything, with facets or without. */
export interface Variant {
  browsing: boolean;
  counting: boolean;
}

/** The bit of an option's choice is that of its name; they follow those of five other choices. */
export const optionBit = (place: string) => `(32 << (${place})::integer - 1)`;
