import { QueryOrder } from "@mikro-orm/postgresql";
import { Field, InputType, registerEnumType } from "type-graphql";
import { Category, type Scope } from "#entities/taxonomy/category";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { paged, toConnection, type Connection, type PageArgs } from "#kernel/graphql/connection";
import { conditions, IdFilter, StringFilter } from "#kernel/graphql/filters";
import { ScopeEnum } from "./category.input.ts";
import { viewCategory, type CategoryView } from "./category.view.ts";

@InputType("AdminCategoryFilter")
export class CategoryFilter {
  @Field(() => ScopeEnum, { nullable: true })
  scope?: Scope | null;

  @Field(() => IdFilter, { nullable: true })
  parentId?: IdFilter | null;

  @Field(() => StringFilter, { nullable: true })
  handle?: StringFilter | null;
}

export enum CategorySort {
  HANDLE = "handle",
  NEWEST = "newest",
  POSITION = "position",
}
registerEnumType(CategorySort, { name: "AdminCategorySort" });

const orders = {
  [CategorySort.HANDLE]: { handle: QueryOrder.ASC, id: QueryOrder.ASC },
  [CategorySort.NEWEST]: { id: QueryOrder.DESC },
  [CategorySort.POSITION]: { position: QueryOrder.ASC, id: QueryOrder.ASC },
};

export function find(
  ctx: RequestContext,
  page: PageArgs,
  { scope, ...filter }: CategoryFilter = {},
  sort = CategorySort.POSITION,
): Promise<Connection<CategoryView>> {
  return inTransaction(ctx, async ({ em }) => {
    const found = await em.findByCursor(Category, {
      where: { ...conditions(filter), ...(scope && { scope }) },
      populate: ["translations"],
      ...paged(page, orders[sort]),
    });
    return toConnection(found, viewCategory);
  });
}

export function get(ctx: RequestContext, id: string): Promise<CategoryView | null> {
  return inTransaction(ctx, async ({ em }) => {
    const category = await em.findOne(Category, { id }, { populate: ["translations"] });
    return category && viewCategory(category);
  });
}
