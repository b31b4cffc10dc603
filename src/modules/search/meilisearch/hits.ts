import type { Hit } from "meilisearch";
import type { Card, ContentCard, Highlights, ProductCard } from "../engine.ts";
import type { ContentCardDocument, ProductCardDocument } from "./card-documents.ts";
import { parseDocumentId } from "./indexes.ts";
import { markedDescription, markedTitle } from "./marks.ts";

export type FoundHit = Hit<Record<string, unknown>>;

export function productCardOf(
  hit: FoundHit,
  { currency, highlights }: { currency: string; highlights: (keyof Highlights)[] },
): ProductCard {
  const { handle, vendor, productType, image, inStock, prices } =
    hit as unknown as ProductCardDocument;
  const range = prices?.[currency];
  return {
    ...cardOf(hit, highlights),
    handle,
    vendor,
    productType,
    image,
    inStock,
    priceRange: range ? { currency, ...range } : null,
  };
}

export function contentCardOf(
  hit: FoundHit,
  { highlights }: { highlights: (keyof Highlights)[] },
): ContentCard {
  const { kind, slug, excerpt, author } = hit as unknown as ContentCardDocument;
  return { ...cardOf(hit, highlights), kind, slug, excerpt, author };
}

function cardOf(hit: FoundHit, highlights: (keyof Highlights)[]): Card {
  const { id, title, locale, publishedAt, sourceRevision, indexedAt } =
    hit as unknown as ProductCardDocument;
  return {
    id: parseDocumentId(id)?.entityId ?? id,
    title,
    locale,
    publishedAt: new Date(publishedAt ?? 0).toISOString(),
    sourceRevision,
    indexedAt,
    highlights: highlights.length > 0 ? highlightsOf(hit) : null,
  };
}

function highlightsOf({ _formatted }: FoundHit): Highlights {
  const { title = "", text = "" } = _formatted as { title?: string; text?: string };
  return { title: markedTitle(title), description: markedDescription(text) };
}
