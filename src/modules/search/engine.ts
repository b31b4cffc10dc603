import type { Tenant } from "#kernel/context";

/**
 * What searches a tenant's published documents. It knows nothing that is not in the read model, and
 * answers may lag behind an edit for as long as the projection takes.
 */
export interface SearchEngine {
  /** Throws BAD_USER_INPUT for a cursor that is not of this search. */
  searchProducts(tenant: Tenant, search: ProductSearch): Promise<FoundProducts>;
  searchContent(tenant: Tenant, search: ContentSearch): Promise<FoundContent>;
  /** Products and content in one list, by relevance. */
  searchAll(tenant: Tenant, search: MixedSearch): Promise<FoundMixed>;
}

/** Who has answered: the engine the operator chose, or PostgreSQL in its place. */
export type EngineName = "meilisearch" | "postgresql";

/** What orders hits that match the words equally well, most important first. */
export type RankingRule = "boost" | "stock" | "sales" | "recency";

/** What a tenant has set for the searches of one kind in one locale. */
export interface Tuning {
  /** Each list holds words that find each other. */
  synonyms: string[][];
  /** Words that are passed over in a query that has others. */
  stopWords: string[];
  ranking: RankingRule[];
}

export const defaultTuning: Tuning = {
  synonyms: [],
  stopWords: [],
  ranking: ["boost", "stock", "recency"],
};

/** What is null or left out is not asked for. */
export type Maybe<Asked> = Asked | null | undefined;

/** Conditions on a list a document has: one of `any`, and every one of `all`. */
export interface Among {
  any?: Maybe<string[]>;
  all?: Maybe<string[]>;
}

/** Both bounds are within. */
export interface Range<Bound> {
  gte?: Maybe<Bound>;
  lte?: Maybe<Bound>;
}

interface Search<Filter, Sort, Facet> {
  /** What somebody typed; the last word may be unfinished. Of nothing but spaces, it finds everything. */
  query: string;
  /** One of the tenant's. */
  locale: string;
  filter: Filter;
  sort: Sort | "relevance" | "newest" | "title";
  first: number;
  /** The cursor of the hit before. */
  after?: Maybe<string>;
  /** Only these are counted: counting costs as much as finding. */
  facets: (Facet | "categories" | "tags")[];
  withTotal: boolean;
  /** Which are shown: a description's costs reading the whole of it. */
  highlights: (keyof Highlights)[];
  /** Ids put before everything else in a search by relevance, in this order, whatever words they hold; filters bind them. */
  pinned: string[];
  /** Ids left out. */
  hidden: string[];
  tuning: Tuning;
}

export interface ProductSearchFilter {
  /** Handles; a category has what is below it. */
  categories?: Maybe<Among>;
  /** Handles. */
  tags?: Maybe<Among>;
  vendors?: Maybe<string[]>;
  productTypes?: Maybe<string[]>;
  /** For each name one of the values; they need not be of one variant. */
  options?: Maybe<{ name: string; values: string[] }[]>;
  /** Of the cheapest variant, in minor units of the search's currency. */
  price?: Maybe<Range<number>>;
  inStock?: Maybe<boolean>;
}

export type ProductFacet = "vendors" | "productTypes" | "options" | "prices";

export interface ProductSearch extends Search<
  ProductSearchFilter,
  "price_asc" | "price_desc",
  ProductFacet
> {
  /** ISO 4217; what prices are filtered, sorted and shown in. */
  currency: string;
}

export interface ContentSearchFilter {
  kinds?: Maybe<string[]>;
  categories?: Maybe<Among>;
  tags?: Maybe<Among>;
  /** Handles. */
  authors?: Maybe<string[]>;
  publishedAt?: Maybe<Range<Date>>;
}

export type ContentFacet = "kinds" | "authors";

export type ContentSearch = Search<ContentSearchFilter, "oldest", ContentFacet>;

/** How many hits have a value, and what people call it: a category's name for its handle. */
export interface FacetCount {
  value: string;
  label: string;
  count: number;
}

export interface Highlights {
  /** HTML: the text escaped, what matched in `<mark>`. */
  title: string;
  /** The same, cut to where it matches first. */
  description: string;
}

/** What a list of hits shows of a document. */
export interface Card {
  id: string;
  title: string;
  /** The locale of the texts. */
  locale: string;
  publishedAt: string;
  /** The revision of the source it was made from. */
  sourceRevision: number;
  indexedAt: string;
  highlights: Highlights | null;
}

export interface ProductCard extends Card {
  handle: string;
  vendor: string | null;
  productType: string | null;
  image: { url: string; alt: string | null } | null;
  /** Minor units; null when it is not sold in the currency. */
  priceRange: { currency: string; min: number; max: number } | null;
  inStock: boolean;
}

export interface ContentCard extends Card {
  kind: string;
  slug: string;
  excerpt: string | null;
  author: { handle: string; name: string } | null;
}

export interface Found<Hit, Facet extends string> {
  hits: { cursor: string; card: Hit }[];
  hasMore: boolean;
  /** Null unless asked for. */
  totalCount: number | null;
  engine: EngineName;
  /** Whether another engine than the one the operator chose had to answer. */
  degraded: boolean;
  /**
   * Of the facets asked for, the hundred most frequent values each, most frequent first. A facet is
   * counted as if it were not filtered by itself: whoever chose one vendor sees how many others have.
   */
  facets: Partial<Record<Facet | "categories" | "tags", FacetCount[]>>;
}

export interface FoundProducts extends Found<ProductCard, ProductFacet> {
  /** The lowest and the highest price of a cheapest variant; null unless asked for, or without prices. */
  priceRange: { currency: string; min: number; max: number } | null;
}

export type FoundContent = Found<ContentCard, ContentFacet>;

/** A search for whatever a tenant has. */
export interface MixedSearch {
  /** As in the searches of one kind. */
  query: string;
  locale: string;
  currency: string;
  first: number;
  highlights: (keyof Highlights)[];
  /** Ids of either kind. */
  pinned: string[];
  hidden: string[];
  tuning: { products: Tuning; content: Tuning };
}

export type MixedHit =
  | { kind: "product"; card: ProductCard }
  | { kind: "content"; card: ContentCard };

export interface FoundMixed {
  /** Best first, whatever their kind. */
  hits: MixedHit[];
  /** How many of each kind were found. */
  totals: { products: number; content: number };
  engine: EngineName;
  degraded: boolean;
}
