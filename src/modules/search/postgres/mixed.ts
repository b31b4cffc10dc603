import type {
  Card,
  ContentCard,
  ContentSearch,
  FoundMixed,
  MixedHit,
  MixedSearch,
  ProductCard,
  ProductSearch,
} from "../engine.ts";
import { type Answer, cardsIn } from "./answer.ts";
import { weightsOf } from "./request.ts";

/** A search of each kind for what is searched in both. */
export function partsOfMixed(search: MixedSearch): {
  products: ProductSearch;
  content: ContentSearch;
} {
  const { tuning, currency, ...asked } = search;
  const both = { ...asked, filter: {}, sort: "relevance", facets: [], withTotal: true } as const;
  return {
    products: { ...both, facets: [], currency, tuning: tuning.products },
    content: { ...both, facets: [], tuning: tuning.content },
  };
}

/**
 * One list out of two that are each in order: what matches the words better goes first, and products
 * where both match alike. What is pinned, and what is found without words, stands in one order already.
 */
export function merged(
  search: MixedSearch,
  products: Answer<ProductCard>,
  content: Answer<ContentCard>,
): Pick<FoundMixed, "hits" | "totals"> {
  const parts = partsOfMixed(search);
  const hits = [
    ...ranked(products, parts.products, (card): MixedHit => ({ kind: "product", card })),
    ...ranked(content, parts.content, (card): MixedHit => ({ kind: "content", card })),
  ];
  return {
    hits: hits
      .toSorted((a, b) => a.match - b.match)
      .slice(0, search.first)
      .map(({ hit }) => hit),
    totals: { products: products.totalCount ?? 0, content: content.totalCount ?? 0 },
  };
}

/** The hits with the part of their number that has one meaning for either kind. */
function ranked<Shown extends Card>(
  answer: Answer<Shown>,
  part: ProductSearch | ContentSearch,
  hitOf: (card: Shown) => MixedHit,
): { match: number; hit: MixedHit }[] {
  const { by_match: weight } = weightsOf(part);
  return cardsIn(answer, part.highlights).map(({ key: [number], card }) => ({
    match: number < 0 ? number : Math.floor(number / weight),
    hit: hitOf(card),
  }));
}
