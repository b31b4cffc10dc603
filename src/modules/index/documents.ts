/*
 * What the column `doc` of the read model holds: a detail page whole, in one locale.
 * Times are ISO 8601 in UTC, money is integer minor units with an ISO 4217 code, locales are BCP 47.
 */

/** The locale the texts are in; not the one asked for where a translation is missing. */
interface Shown {
  locale: string;
  /** The aggregate's revision this document was made from. */
  revision: number;
}

/** A step of a breadcrumb, or a tag. */
export interface Named {
  handle: string;
  name: string;
}

export interface Seo {
  title: string | null;
  description: string | null;
}

/** A category a document is assigned to; the breadcrumb leads from the root down to it, itself included. */
export interface AssignedCategory extends Named {
  breadcrumb: Named[];
}

export interface Price {
  currency: string;
  amount: number;
  /** The higher amount it is said to have cost before. */
  compareAtAmount: number | null;
}

export interface PriceRange {
  currency: string;
  min: number;
  max: number;
}

export interface VariantDocument {
  id: string;
  sku: string | null;
  barcode: string | null;
  title: string | null;
  weightGrams: number | null;
  options: { name: string; value: string }[];
  prices: Price[];
  /** On hand at all locations together; zero when oversold. */
  quantity: number;
  inStock: boolean;
}

export interface ProductDocument extends Shown {
  id: string;
  handle: string;
  title: string;
  /** Sanitised HTML. */
  description: string;
  vendor: string | null;
  productType: string | null;
  publishedAt: string | null;
  createdAt: string;
  updatedAt: string;
  seo: Seo;
  /** Values in the order in which the variants have them. */
  options: { name: string; values: string[] }[];
  variants: VariantDocument[];
  /** Cheapest and dearest variant, by currency. */
  priceRanges: PriceRange[];
  images: { url: string; alt: string | null }[];
  categories: AssignedCategory[];
  tags: Named[];
}

export interface AuthorDocument extends Named {
  bio: string | null;
  avatarUrl: string | null;
}

export interface ContentDocument extends Shown {
  id: string;
  kind: string;
  slug: string;
  /** Where the node is found in each locale it is translated to, this one included. */
  alternates: { locale: string; slug: string }[];
  title: string;
  excerpt: string | null;
  /** Sanitised. */
  html: string;
  /** May be a node that is not visible. */
  parentId: string | null;
  position: number;
  /** What the kind defines beyond the fields above. */
  fields: Record<string, unknown>;
  publishedAt: string | null;
  createdAt: string;
  updatedAt: string;
  seo: Seo;
  author: AuthorDocument | null;
  categories: AssignedCategory[];
  tags: Named[];
}

export interface CategoryDocument extends Shown, AssignedCategory {
  id: string;
  scope: "product" | "content";
  description: string | null;
  parentId: string | null;
  /** Among its siblings. */
  position: number;
}
