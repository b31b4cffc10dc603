import { defineEntity, p } from "@mikro-orm/postgresql";
import { document } from "#entities/index/document";

const IndexedCategorySchema = defineEntity({
  name: "IndexedCategory",
  tableName: "live_categories",
  readonly: true,
  properties: {
    id: p.uuid().primary().name("category_id"),
    ...document,
    doc: p.json<unknown>(),
    scope: p.string(),
    position: p.integer(),
  },
});

/** A category as storefronts show it, in one locale. */
export class IndexedCategory extends IndexedCategorySchema.class {}
IndexedCategorySchema.setClass(IndexedCategory);
