import { QueryOrder } from "@mikro-orm/postgresql";
import { Field, InputType, registerEnumType } from "type-graphql";
import type { Scope } from "#entities/taxonomy/category";
import { Tag } from "#entities/taxonomy/tag";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { paged, toConnection, type Connection, type PageArgs } from "#kernel/graphql/connection";
import { conditions, StringFilter } from "#kernel/graphql/filters";
import { ScopeEnum } from "./category.input.ts";
import { viewTag, type TagView } from "./tag.view.ts";

@InputType("AdminTagFilter")
export class TagFilter {
  @Field(() => ScopeEnum, { nullable: true })
  scope?: Scope | null;

  @Field(() => StringFilter, { nullable: true })
  handle?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true })
  name?: StringFilter | null;
}

export enum TagSort {
  NAME = "name",
  NEWEST = "newest",
}
registerEnumType(TagSort, { name: "AdminTagSort" });

const orders = {
  [TagSort.NAME]: { name: QueryOrder.ASC, id: QueryOrder.ASC },
  [TagSort.NEWEST]: { id: QueryOrder.DESC },
};

export function find(
  ctx: RequestContext,
  page: PageArgs,
  { scope, ...filter }: TagFilter = {},
  sort = TagSort.NAME,
): Promise<Connection<TagView>> {
  return inTransaction(ctx, async ({ em }) => {
    const found = await em.findByCursor(Tag, {
      where: { ...conditions(filter), ...(scope && { scope }) },
      ...paged(page, orders[sort]),
    });
    return toConnection(found, viewTag);
  });
}
