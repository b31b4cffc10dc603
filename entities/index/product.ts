import { defineEntity, p } from "@mikro-orm/postgresql";
import { document } from "#entities/index/document";

const IndexedProductSchema = defineEntity({
  name: "IndexedProduct",
  tableName: "live_products",
  readonly: true,
  properties: {
    id: p.uuid().primary().name("product_id"),
    ...document,
    doc: p.json<unknown>(),
    handle: p.string(),
    title: p.string(),
    vendor: p.string().nullable(),
    productType: p.string().nullable(),
    categoryHandles: p.array(),
    tagHandles: p.array(),
    inStock: p.boolean(),
    publishedAt: p.datetime(),
  },
});

/** A product as storefronts list it, in one locale. */
export class IndexedProduct extends IndexedProductSchema.class {}
IndexedProductSchema.setClass(IndexedProduct);
