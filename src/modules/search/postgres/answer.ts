import type { Place } from "../cursor.ts";
import type { Card, FacetCount, FoundProducts, Highlights } from "../engine.ts";
import { highlight, snippet, type Terms, termsOf } from "../highlight.ts";

/** What the functions of the database answer. */
export interface Answer<Shown extends Card> {
  /** One more than asked for when there is another page. */
  hits: Hit<Shown>[];
  totalCount: number | null;
  facets: Record<string, FacetCount[]> | null;
  priceRange?: FoundProducts["priceRange"];
  /** The words searched for, as a tsquery; null when nothing was typed. */
  terms: string | null;
}

/** A card with what it does not show: its place in the order, and the HTML that highlights are cut from. */
type Hit<Shown extends Card> = Omit<Shown, "highlights" | "sourceRevision"> & {
  key: Place;
  body: string | null;
  revision: number;
};

/** The hits as they are shown, with where they stand. */
export function cardsIn<Shown extends Card>(
  { hits, terms: asked }: Answer<Shown>,
  highlights: (keyof Highlights)[],
): { key: Place; card: Shown }[] {
  const terms = highlights.length > 0 ? termsOf(asked) : null;
  return hits.map(({ key, body, revision, ...card }) => ({
    key,
    card: {
      sourceRevision: revision,
      ...card,
      highlights: terms && highlightsOf(card.title, body, terms),
    } as unknown as Shown,
  }));
}

function highlightsOf(title: string, body: string | null, terms: Terms): Highlights {
  return { title: highlight(title, terms), description: body === null ? "" : snippet(body, terms) };
}
