import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { z } from "zod";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { PageArgs, type Connection } from "#kernel/graphql/connection";
import { type Key, KeyInput } from "#kernel/graphql/key.input";
import { type createTag, CreateTagInput, type updateTag, UpdateTagInput } from "./tag.input.ts";
import { find, TagFilter, TagSort } from "./tag.queries.ts";
import * as tags from "./tag.service.ts";
import { TagConnection, TagView, viewTag } from "./tag.view.ts";

@Resolver(() => TagView)
export class TagResolver {
  @Requires("taxonomy:read")
  @Query(() => TagConnection)
  adminTags(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => TagFilter, { nullable: true }) filter?: TagFilter,
    @Arg("sort", () => TagSort, { nullable: true }) sort?: TagSort,
  ): Promise<Connection<TagView>> {
    return find(ctx, page, filter, sort);
  }

  @Requires("taxonomy:write")
  @Mutation(() => TagView)
  async createTag(
    @Arg("input", () => CreateTagInput) input: z.output<typeof createTag>,
    @Ctx() ctx: RequestContext,
  ): Promise<TagView> {
    return viewTag(await tags.create(ctx, input));
  }

  @Requires("taxonomy:write")
  @Mutation(() => TagView)
  async updateTag(
    @Arg("input", () => UpdateTagInput) input: z.output<typeof updateTag>,
    @Ctx() ctx: RequestContext,
  ): Promise<TagView> {
    return viewTag(await tags.update(ctx, input));
  }

  @Requires("taxonomy:write")
  @Mutation(() => Boolean, { description: "True when it is gone." })
  async deleteTag(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean> {
    await tags.remove(ctx, input);
    return true;
  }
}
