/** What every document of an index has: what a hit shows, and what it is found, filtered and ordered by. */
export interface CardDocument {
  id: string;
  scope: string;
  title: string;
  /** The locale of the texts. */
  locale: string;
  /** What a highlight of its description is cut from. */
  text: string;
  /** What queries are matched against. */
  words: Record<string, string>;
  categories: string[];
  tags: string[];
  /** Milliseconds since 1970; null comes last in any order. */
  publishedAt: number | null;
  /** Days since 1970. */
  day: number | null;
  /** Milliseconds since 1970, from the entity's id: of equals the newer goes first. */
  createdAt: number;
  /** By which titles are sorted. */
  titleKey: string;
  titleLength: number;
  sourceRevision: number;
  /** ISO 8601. */
  indexedAt: string;
}

export interface ProductCardDocument extends CardDocument {
  handle: string;
  vendor: string | null;
  productType: string | null;
  image: { url: string; alt: string | null } | null;
  /** Of the cheapest and the dearest variant by currency, in minor units. */
  prices: Record<string, { min: number; max: number }>;
  inStock: boolean;
  /** "Size=M". */
  options: string[];
  boost: number;
  popularity: number;
}

export interface ContentCardDocument extends CardDocument {
  kind: string;
  slug: string;
  excerpt: string | null;
  author: { handle: string; name: string } | null;
}

export type Card = ProductCardDocument | ContentCardDocument;

/** Meilisearch cannot have the document, for reasons that an operator can read. */
export interface Rejected {
  rejection: string;
}
