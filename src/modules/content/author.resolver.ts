import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { PageArgs, type Connection } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";
import {
  type CreateAuthor,
  CreateAuthorInput,
  type UpdateAuthor,
  UpdateAuthorInput,
} from "./author.input.ts";
import { AuthorFilter, AuthorSort, find, get } from "./author.queries.ts";
import * as authors from "./author.service.ts";
import { AuthorConnection, AuthorView, viewAuthor } from "./author.view.ts";
import { type Key, KeyInput } from "#kernel/graphql/key.input";

@Resolver(() => AuthorView)
export class AuthorResolver {
  @Requires("content:read")
  @Query(() => AuthorConnection)
  adminAuthors(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => AuthorFilter, { nullable: true }) filter?: AuthorFilter,
    @Arg("sort", () => AuthorSort, { nullable: true }) sort?: AuthorSort,
  ): Promise<Connection<AuthorView>> {
    return find(ctx, page, filter, sort);
  }

  @Requires("content:read")
  @Query(() => AuthorView, { nullable: true })
  adminAuthor(
    @Arg("id", () => GraphQLId) id: string,
    @Ctx() ctx: RequestContext,
  ): Promise<AuthorView | null> {
    return get(ctx, id);
  }

  @Requires("content:write")
  @Mutation(() => AuthorView)
  async createAuthor(
    @Arg("input", () => CreateAuthorInput) input: CreateAuthor,
    @Ctx() ctx: RequestContext,
  ): Promise<AuthorView> {
    return viewAuthor(await authors.create(ctx, input));
  }

  @Requires("content:write")
  @Mutation(() => AuthorView)
  async updateAuthor(
    @Arg("input", () => UpdateAuthorInput) input: UpdateAuthor,
    @Ctx() ctx: RequestContext,
  ): Promise<AuthorView> {
    return viewAuthor(await authors.update(ctx, input));
  }

  @Requires("content:write")
  @Mutation(() => Boolean, { description: "True when it is gone." })
  async deleteAuthor(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean> {
    await authors.remove(ctx, input);
    return true;
  }
}
