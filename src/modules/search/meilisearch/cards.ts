import type { ContentDocument, ProductDocument } from "#modules/index";
import { plainText } from "../plain-text.ts";
import type {
  Card,
  CardDocument,
  ContentCardDocument,
  ProductCardDocument,
  Rejected,
} from "./card-documents.ts";
import { documentId, scopeOf } from "./indexes.ts";
import { faultsOf } from "./limits.ts";
import { marks } from "./marks.ts";
import { withoutSigns } from "./signs.ts";

export type { Card, Rejected } from "./card-documents.ts";

/** What of a row of the read model goes into a card; as PostgreSQL's driver gives it. */
interface Row<Document> {
  tenant_id: string;
  generation: number;
  revision: number | string;
  indexed_at: Date;
  doc: Document;
  category_handles: string[];
  tag_handles: string[];
}

export interface ProductRow extends Row<ProductDocument> {
  product_id: string;
  option_values: string[];
  in_stock: boolean;
  prices: Record<string, { min: number; max: number }>;
  boost?: number | null;
  popularity?: number | null;
}

export interface ContentRow extends Row<ContentDocument> {
  node_id: string;
}

export function productCard(row: ProductRow): ProductCardDocument | Rejected {
  const { doc } = row;
  const values = doc.options.flatMap((option) => option.values);
  const skus = doc.variants.flatMap(({ sku }) => sku ?? []);
  return checked({
    ...common(row, row.product_id, doc.description, {
      keywords: keywords([doc.vendor, doc.productType, ...skus, ...values], doc),
    }),
    handle: doc.handle,
    vendor: doc.vendor,
    productType: doc.productType,
    image: doc.images[0] ?? null,
    prices: row.prices,
    inStock: row.in_stock,
    options: row.option_values,
    boost: row.boost ?? 0,
    popularity: row.popularity ?? 0,
  });
}

export function contentCard(row: ContentRow): ContentCardDocument | Rejected {
  const { doc } = row;
  return checked({
    ...common(row, row.node_id, doc.html, {
      keywords: keywords([doc.author?.name], doc),
      excerpt: searched(doc.excerpt ?? ""),
    }),
    kind: doc.kind,
    slug: doc.slug,
    excerpt: doc.excerpt,
    author: doc.author && { handle: doc.author.handle, name: doc.author.name },
  });
}

function checked<Made extends Card>(card: Made): Made | Rejected {
  const faults = faultsOf(card);
  return faults.length > 0 ? { rejection: faults.join("; ") } : card;
}

/** Meilisearch indexes no word past the 65,535th, and PostgreSQL's engine highlights as far as this. */
const longestText = 20_000;

function common(
  row: Row<ProductDocument | ContentDocument>,
  entityId: string,
  html: string,
  words: Record<string, string>,
): CardDocument {
  const { doc } = row;
  const text = unmarked(cut(plainText(html.slice(0, 3 * longestText)), longestText));
  const publishedAt = doc.publishedAt === null ? null : Date.parse(doc.publishedAt);
  return {
    id: documentId(entityId, row.generation),
    scope: scopeOf(row.tenant_id, row.generation),
    title: unmarked(doc.title),
    locale: doc.locale,
    text,
    words: { title: searched(doc.title), ...words, text: searched(text) },
    categories: row.category_handles,
    tags: row.tag_handles,
    publishedAt,
    day: publishedAt === null ? null : Math.floor(publishedAt / 86_400_000),
    createdAt: Number.parseInt(entityId.replace("-", "").slice(0, 12), 16),
    titleKey: titleKey(doc.title),
    titleLength: doc.title.length,
    sourceRevision: Number(row.revision),
    indexedAt: row.indexed_at.toISOString(),
  };
}

/** Without what would be taken for marks around matches. */
const unmarked = (text: string) =>
  Object.values(marks).reduce((bare, mark) => bare.replaceAll(mark, ""), text);

/** A word that nobody types. */
export const anchor = "\ue000";

/**
 * Begins with a word of its own, so that no field begins with what was typed or is just that: for
 * Meilisearch either would go before everything that a tenant ranks by.
 */
const searched = (text: string) => `${anchor} ${withoutSigns(cut(text, longestText))}`;

/** What it is filed under, in words, as the words of the read model have it. */
function keywords(
  own: (string | null | undefined)[],
  { categories, tags }: Pick<ProductDocument, "categories" | "tags">,
): string {
  const names = new Set(
    [...categories.flatMap(({ breadcrumb }) => breadcrumb), ...tags].map(({ name }) => name),
  );
  return searched([...own.filter(Boolean), ...names].join(" "));
}

/** Sorts as a reader expects, without regard to case and accents. Meilisearch compares the first 468 bytes. */
function titleKey(title: string): string {
  const bare = title.normalize("NFD").replace(/\p{M}+/gu, "");
  return cut(bare.toLowerCase(), 100);
}

/** Never amid a surrogate pair: half of one is not JSON. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
}
