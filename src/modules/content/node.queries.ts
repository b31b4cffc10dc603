import { QueryOrder } from "@mikro-orm/postgresql";
import { Field, InputType, registerEnumType } from "type-graphql";
import { Node, type NodeStatus } from "#entities/content/node";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { paged, toConnection, type Connection, type PageArgs } from "#kernel/graphql/connection";
import { conditions, DateFilter, IdFilter, StringFilter } from "#kernel/graphql/filters";
import { NodeStatusEnum } from "./node.input.ts";
import { wholeNode } from "./node.parts.ts";
import { viewNode, type NodeView } from "./node.view.ts";

@InputType("AdminNodeFilter")
export class NodeFilter {
  @Field(() => NodeStatusEnum, { nullable: true })
  status?: NodeStatus | null;

  @Field(() => StringFilter, { nullable: true })
  kind?: StringFilter | null;

  @Field(() => IdFilter, { nullable: true })
  parentId?: IdFilter | null;

  @Field(() => IdFilter, { nullable: true })
  authorId?: IdFilter | null;

  @Field(() => DateFilter, { nullable: true, description: "What is to become public by itself." })
  publishAt?: DateFilter | null;

  @Field(() => DateFilter, { nullable: true, description: "What is to be public no longer." })
  unpublishAt?: DateFilter | null;

  @Field(() => DateFilter, { nullable: true })
  updatedAt?: DateFilter | null;

  @Field(() => StringFilter, { nullable: true, description: "In any locale." })
  slug?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: "In the same locale as the slug." })
  title?: StringFilter | null;

  @Field(() => IdFilter, { nullable: true, description: "In it itself, not in one below it." })
  categoryId?: IdFilter | null;

  @Field(() => IdFilter, { nullable: true })
  tagId?: IdFilter | null;
}

export enum NodeSort {
  NEWEST = "newest",
  UPDATED = "updated",
  POSITION = "position",
  TITLE = "title",
}
registerEnumType(NodeSort, {
  name: "AdminNodeSort",
  valuesConfig: { TITLE: { description: "By the title in the tenant's default locale." } },
});

const orders = {
  [NodeSort.NEWEST]: { id: QueryOrder.DESC },
  [NodeSort.UPDATED]: { updatedAt: QueryOrder.DESC, id: QueryOrder.DESC },
  [NodeSort.POSITION]: { position: QueryOrder.ASC, id: QueryOrder.ASC },
  [NodeSort.TITLE]: { title: QueryOrder.ASC, id: QueryOrder.ASC },
};

export function find(
  ctx: RequestContext,
  page: PageArgs,
  filter: NodeFilter = {},
  sort = NodeSort.NEWEST,
): Promise<Connection<NodeView>> {
  return inTransaction(ctx, async ({ em }) => {
    const found = await em.findByCursor(Node, {
      where: where(filter),
      populate: [...wholeNode, "title"],
      ...paged(page, orders[sort]),
    });
    return toConnection(found, viewNode);
  });
}

export function get(ctx: RequestContext, id: string): Promise<NodeView | null> {
  return inTransaction(ctx, async ({ em }) => {
    const node = await em.findOne(Node, { id }, { populate: wholeNode });
    return node && viewNode(node);
  });
}

function where({ status, slug, title, categoryId, tagId, ...own }: NodeFilter) {
  return {
    ...conditions(own),
    ...(status && { status }),
    ...some("translations", { slug, title }),
    ...some("categories", { categoryId }),
    ...some("tags", { tagId }),
  };
}

/** That one part meets all the conditions. */
function some(parts: string, filter: Parameters<typeof conditions>[0]) {
  const found = conditions(filter);
  return Object.keys(found).length > 0 ? { [parts]: { $some: found } } : {};
}
