/**
 * What a source has to say, one thing at a time and independent of where it comes from.
 *
 * Records name one another by `key`, the source's own name for a thing: stable from one run to the
 * next and unique among the records of its type. A stream of entries is in an order that can be
 * written as it comes: a record follows every record it names.
 */
export type ImportRecord =
  | LocationRecord
  | AuthorRecord
  | CategoryRecord
  | TagRecord
  | ProductRecord
  | NodeRecord;

/** A record with the line it begins at (of a generated source: its place, from 1), or a fault. */
export type Entry = { line: number; record: ImportRecord } | Failure;

/** What cannot go in: the first line of it, and every fault in words. */
export interface Failure {
  line: number;
  reason: string;
}

/** A file, opened anew for each reading: first to survey it, then to write what it holds. */
export type Source = () => AsyncIterable<Uint8Array>;

/** A category and a tag belong to the shop or to the site, and are unique within it. */
export type Scope = "product" | "content";

export interface LocationRecord {
  type: "location";
  key: string;
  handle: string;
  name: string;
}

export interface AuthorRecord {
  type: "author";
  key: string;
  handle: string;
  name: string;
  bio: string | null;
}

export interface CategoryRecord {
  type: "category";
  key: string;
  scope: Scope;
  handle: string;
  parent: string | null;
  position: number;
  translations: { locale: string; name: string; description: string | null }[];
}

export interface TagRecord {
  type: "tag";
  key: string;
  scope: Scope;
  handle: string;
  name: string;
}

export interface ProductRecord {
  type: "product";
  key: string;
  handle: string;
  status: "draft" | "published";
  /** ISO 8601, in UTC; null where the source does not know. */
  publishedAt: string | null;
  vendor: string | null;
  productType: string | null;
  translations: ProductTranslation[];
  /** The names, in order: ["Size", "Colour"]. */
  options: string[];
  variants: VariantRecord[];
  images: { url: string; alt: string | null }[];
  categories: string[];
  tags: string[];
}

export interface ProductTranslation {
  locale: string;
  title: string;
  /** HTML, not yet sanitised. */
  description: string;
  seoTitle: string | null;
  seoDescription: string | null;
}

export interface VariantRecord {
  sku: string | null;
  barcode: string | null;
  weightGrams: number | null;
  /** A value for each option of the product. */
  options: { name: string; value: string }[];
  translations: { locale: string; title: string }[];
  /** Minor units of the currency. */
  prices: { currency: string; amount: number; compareAtAmount: number | null }[];
  inventory: { location: string; quantity: number }[];
}

export interface NodeRecord {
  type: "node";
  key: string;
  kind: string;
  status: "draft" | "published";
  author: string | null;
  parent: string | null;
  position: number;
  fields: Record<string, unknown>;
  /** ISO 8601, in UTC; null where the source does not know. */
  publishedAt: string | null;
  translations: NodeTranslation[];
  categories: string[];
  tags: string[];
}

export interface NodeTranslation {
  locale: string;
  slug: string;
  title: string;
  excerpt: string | null;
  seoTitle: string | null;
  seoDescription: string | null;
  body: { format: "markdown" | "html"; source: string };
}
