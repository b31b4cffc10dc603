/** A table of the read model and where its rows come from. */
export interface ReadModel {
  /** As tombstones call it. */
  kind: "product" | "node" | "category";
  table: string;
  /** The table's column for the entity's id: its key together with the locale. */
  id: string;
  /** The entities. */
  source: string;
  /** The SQL function that gives, for an array of ids, the rows the table should hold. */
  projection: string;
  /** What a projection decides besides the key and the revisions. */
  columns: string[];
}

export const products: ReadModel = {
  kind: "product",
  table: "index_products",
  id: "product_id",
  source: "products",
  projection: "project_products",
  columns: [
    "doc",
    "shown_locale",
    "handle",
    "title",
    "vendor",
    "product_type",
    "category_handles",
    "tag_handles",
    "option_values",
    "shows",
    "in_stock",
    "prices",
    "published_at",
    "created_at",
    "search",
    "boost",
    "popularity",
  ],
};

export const content: ReadModel = {
  kind: "node",
  table: "index_content",
  id: "node_id",
  source: "nodes",
  projection: "project_content",
  columns: [
    "doc",
    "shown_locale",
    "kind",
    "slug",
    "title",
    "author_handle",
    "category_handles",
    "tag_handles",
    "shows",
    "parent_id",
    "position",
    "published_at",
    "created_at",
    "search",
  ],
};

export const categories: ReadModel = {
  kind: "category",
  table: "index_categories",
  id: "category_id",
  source: "categories",
  projection: "project_categories",
  columns: ["doc", "shown_locale", "scope", "handle", "name", "parent_id", "position", "shows"],
};

export const readModels = [categories, products, content];

/** How many entities are projected in one statement: some 5 MB of documents at the most usual sizes. */
export const batchSize = 500;
