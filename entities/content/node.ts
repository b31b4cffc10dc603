import { defineEntity, p } from "@mikro-orm/postgresql";
import { aggregate, owned } from "#entities/kernel/columns";

export const nodeStatuses = ["draft", "published"] as const;
export type NodeStatus = (typeof nodeStatuses)[number];

const NodeSchema = defineEntity({
  name: "Node",
  tableName: "nodes",
  properties: {
    ...aggregate,
    kind: p.string(),
    status: p.string().$type<NodeStatus>().default("draft"),
    parentId: p.uuid().nullable(),
    authorId: p.uuid().nullable(),
    /** What its kind needs beyond what every node has. */
    fields: p.json().$type<Record<string, unknown>>(),
    position: p.integer().default(0),
    /** When it was first made public; an import may date it back. Kept while it is unpublished. */
    publishedAt: p.datetime().nullable(),
    /** When it is to become public by itself; null once it has. */
    publishAt: p.datetime().nullable(),
    /** When it is to be public no longer; null once it is not. */
    unpublishAt: p.datetime().nullable(),
    /** What a list sorts it by: its title in the tenant's default locale, else in any. */
    title: p
      .string()
      .formula(
        ({ id }) => `coalesce((
          select t.title collate "unicode"
          from node_translations t join tenants on tenants.id = t.tenant_id
          where t.node_id = ${id}
          order by t.locale <> tenants.default_locale, t.locale
          limit 1), '')`,
      )
      .lazy(),
    translations: () => p.oneToMany(NodeTranslation).mappedBy("node").orphanRemoval(),
    bodies: () => p.oneToMany(Body).mappedBy("node").orphanRemoval(),
    categories: () => p.oneToMany(NodeCategory).mappedBy("node").orphanRemoval(),
    tags: () => p.oneToMany(NodeTag).mappedBy("node").orphanRemoval(),
  },
});

/** A page, a post, a comment, or whatever else its kind says. Root of its aggregate: all in this file change with it. */
export class Node extends NodeSchema.class {
  /** Makes it public, dated now unless it has a date, and is not to become so later. Returns whether that changed anything. */
  publish(now: Date): boolean {
    if (this.status === "published") return false;
    this.status = "published";
    this.publishedAt ??= now;
    this.publishAt = null;
    return true;
  }

  /** Takes it back; its date stays. Returns whether that changed anything. */
  unpublish(): boolean {
    if (this.status === "draft") return false;
    this.status = "draft";
    this.unpublishAt = null;
    return true;
  }
}
NodeSchema.setClass(Node);

const NodeTranslationSchema = defineEntity({
  name: "NodeTranslation",
  tableName: "node_translations",
  properties: {
    node: () => p.manyToOne(Node).primary(),
    locale: p.string().primary(),
    ...owned,
    /** The node's own, repeated: slugs are unique within a kind and locale. */
    kind: p.string(),
    slug: p.string(),
    title: p.string(),
    excerpt: p.text().nullable(),
    seoTitle: p.string().nullable(),
    seoDescription: p.string().nullable(),
  },
});

/** What a node says in one locale, but for its body. */
export class NodeTranslation extends NodeTranslationSchema.class {}
NodeTranslationSchema.setClass(NodeTranslation);

export const bodyFormats = ["markdown", "html"] as const;
export type BodyFormat = (typeof bodyFormats)[number];

const BodySchema = defineEntity({
  name: "Body",
  tableName: "bodies",
  properties: {
    node: () => p.manyToOne(Node).primary(),
    locale: p.string().primary(),
    ...owned,
    format: p.string().$type<BodyFormat>(),
    /** As written; HTML is kept sanitised. */
    source: p.text(),
    /** Rendered and sanitised. */
    html: p.text(),
  },
});

/** The long text of the translation in its locale, apart so that a list can do without it. */
export class Body extends BodySchema.class {}
BodySchema.setClass(Body);

const NodeCategorySchema = defineEntity({
  name: "NodeCategory",
  tableName: "node_categories",
  properties: {
    node: () => p.manyToOne(Node).primary(),
    categoryId: p.uuid().primary(),
    ...owned,
  },
});

/** A category the node is in. */
export class NodeCategory extends NodeCategorySchema.class {}
NodeCategorySchema.setClass(NodeCategory);

const NodeTagSchema = defineEntity({
  name: "NodeTag",
  tableName: "node_tags",
  properties: {
    node: () => p.manyToOne(Node).primary(),
    tagId: p.uuid().primary(),
    ...owned,
  },
});

/** A tag the node carries. */
export class NodeTag extends NodeTagSchema.class {}
NodeTagSchema.setClass(NodeTag);
