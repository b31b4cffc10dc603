import { QueryOrder } from "@mikro-orm/postgresql";
import { Field, InputType, registerEnumType } from "type-graphql";
import { IndexedContent } from "#entities/index/content";
import type { RequestContext } from "#kernel/context";
import { type Connection, type PageArgs } from "#kernel/graphql/connection";
import { conditions, DateFilter, IdFilter, StringFilter } from "#kernel/graphql/filters";
import { chooseLocale } from "#kernel/locale";
import type { ContentDocument } from "#modules/index";
import { list } from "./list.ts";
import { anyOf, MemberFilter } from "./member-filter.ts";
import { type NodeView, viewNode } from "./content.view.ts";

@InputType("NodeFilter")
export class NodeFilter {
  @Field(() => StringFilter, { nullable: true })
  slug?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true })
  title?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: "By handle." })
  author?: StringFilter | null;

  @Field(() => MemberFilter, { nullable: true, description: "By handle; what is below it counts." })
  category?: MemberFilter | null;

  @Field(() => MemberFilter, { nullable: true, description: "By handle." })
  tag?: MemberFilter | null;

  @Field(() => IdFilter, {
    nullable: true,
    description: "The page above a page.",
  })
  parentId?: IdFilter | null;

  @Field(() => DateFilter, { nullable: true })
  publishedAt?: DateFilter | null;
}

export enum NodeSort {
  NEWEST = "newest",
  OLDEST = "oldest",
  TITLE = "title",
  POSITION = "position",
}
registerEnumType(NodeSort, { name: "NodeSort" });

const orders = {
  [NodeSort.NEWEST]: { publishedAt: QueryOrder.DESC, id: QueryOrder.DESC },
  [NodeSort.OLDEST]: { publishedAt: QueryOrder.ASC, id: QueryOrder.ASC },
  [NodeSort.TITLE]: { title: QueryOrder.ASC, id: QueryOrder.ASC },
  [NodeSort.POSITION]: { position: QueryOrder.ASC, id: QueryOrder.ASC },
};

/** The published node of the kind with the slug, or null: one row, by its key. */
export async function get(
  { tenant, db }: RequestContext,
  kind: string,
  slug: string,
  locale: string | null | undefined,
): Promise<NodeView | null> {
  const { rows } = await db.pool.query<{ doc: string; indexed_at: Date }>({
    name: "storefront-node",
    text: "select doc, indexed_at from storefront_node($1, $2, $3, $4)",
    values: [tenant.id, chooseLocale(tenant, locale), kind, slug],
  });
  const [row] = rows;
  return row ? viewNode(JSON.parse(row.doc) as ContentDocument, row.indexed_at) : null;
}

export function find(
  ctx: RequestContext,
  kind: string,
  page: PageArgs,
  locale: string | null | undefined,
  { author, category, tag, ...filter }: NodeFilter = {},
  sort = NodeSort.NEWEST,
): Promise<Connection<NodeView>> {
  const where = {
    visible: true,
    locale: chooseLocale(ctx.tenant, locale),
    kind,
    ...conditions({ ...filter, authorHandle: author }),
    ...anyOf("categoryHandles", category),
    ...anyOf("tagHandles", tag),
  };
  return list(ctx, IndexedContent, { where, orderBy: orders[sort], page }, (found) =>
    viewNode(found.doc as ContentDocument, found.indexedAt),
  );
}
