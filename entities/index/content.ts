import { defineEntity, p } from "@mikro-orm/postgresql";
import { document } from "#entities/index/document";

const IndexedContentSchema = defineEntity({
  name: "IndexedContent",
  tableName: "live_content",
  readonly: true,
  properties: {
    id: p.uuid().primary().name("node_id"),
    ...document,
    doc: p.json<unknown>(),
    kind: p.string(),
    slug: p.string(),
    title: p.string(),
    authorHandle: p.string().nullable(),
    categoryHandles: p.array(),
    tagHandles: p.array(),
    parentId: p.uuid().nullable(),
    position: p.integer(),
    publishedAt: p.datetime(),
  },
});

/** A node as sites list it, in one locale. */
export class IndexedContent extends IndexedContentSchema.class {}
IndexedContentSchema.setClass(IndexedContent);
