import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { z } from "zod";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { PageArgs, type Connection } from "#kernel/graphql/connection";
import { type Key, KeyInput } from "#kernel/graphql/key.input";
import { GraphQLId } from "#kernel/graphql/scalars";
import {
  type createCategory,
  CreateCategoryInput,
  type updateCategory,
  UpdateCategoryInput,
} from "./category.input.ts";
import { CategoryFilter, CategorySort, find, get } from "./category.queries.ts";
import * as categories from "./category.service.ts";
import { CategoryConnection, CategoryView, viewCategory } from "./category.view.ts";

@Resolver(() => CategoryView)
export class CategoryResolver {
  @Requires("taxonomy:read")
  @Query(() => CategoryConnection)
  adminCategories(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => CategoryFilter, { nullable: true }) filter?: CategoryFilter,
    @Arg("sort", () => CategorySort, { nullable: true }) sort?: CategorySort,
  ): Promise<Connection<CategoryView>> {
    return find(ctx, page, filter, sort);
  }

  @Requires("taxonomy:read")
  @Query(() => CategoryView, { nullable: true })
  adminCategory(
    @Arg("id", () => GraphQLId) id: string,
    @Ctx() ctx: RequestContext,
  ): Promise<CategoryView | null> {
    return get(ctx, id);
  }

  @Requires("taxonomy:write")
  @Mutation(() => CategoryView)
  async createCategory(
    @Arg("input", () => CreateCategoryInput) input: z.output<typeof createCategory>,
    @Ctx() ctx: RequestContext,
  ): Promise<CategoryView> {
    return viewCategory(await categories.create(ctx, input));
  }

  @Requires("taxonomy:write")
  @Mutation(() => CategoryView)
  async updateCategory(
    @Arg("input", () => UpdateCategoryInput) input: z.output<typeof updateCategory>,
    @Ctx() ctx: RequestContext,
  ): Promise<CategoryView> {
    return viewCategory(await categories.update(ctx, input));
  }

  @Requires("taxonomy:write")
  @Mutation(() => Boolean, { description: "True when it is gone." })
  async deleteCategory(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean> {
    await categories.remove(ctx, input);
    return true;
  }
}
