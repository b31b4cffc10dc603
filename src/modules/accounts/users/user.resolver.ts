import { Arg, Args, Ctx, Int, Mutation, Query, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { PageArgs, type Connection } from "#kernel/graphql/connection";
import { type Key, KeyInput } from "#kernel/graphql/key.input";
import { GraphQLId } from "#kernel/graphql/scalars";
import { removeOf } from "../second-factor/own.service.ts";
import {
  type CreateUser,
  CreateUserInput,
  type UpdateUser,
  UpdateUserInput,
} from "./user.input.ts";
import { find, get, UserFilter, UserSort } from "./user.queries.ts";
import * as users from "./user.service.ts";
import { UserConnection, UserView, viewUser } from "./user.view.ts";

@Resolver(() => UserView)
export class UserResolver {
  @Requires("accounts:read")
  @Query(() => UserConnection)
  users(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => UserFilter, { nullable: true }) filter?: UserFilter,
    @Arg("sort", () => UserSort, { nullable: true }) sort?: UserSort,
  ): Promise<Connection<UserView>> {
    return find(ctx, page, filter, sort);
  }

  @Requires("accounts:read")
  @Query(() => UserView, { nullable: true })
  user(
    @Arg("id", () => GraphQLId) id: string,
    @Ctx() ctx: RequestContext,
  ): Promise<UserView | null> {
    return get(ctx, id);
  }

  @Requires("accounts:write")
  @Mutation(() => UserView)
  async createUser(
    @Arg("input", () => CreateUserInput) input: CreateUser,
    @Ctx() ctx: RequestContext,
  ): Promise<UserView> {
    return viewUser(await users.create(ctx, input));
  }

  @Requires("accounts:write")
  @Mutation(() => UserView)
  async updateUser(
    @Arg("input", () => UpdateUserInput) input: UpdateUser,
    @Ctx() ctx: RequestContext,
  ): Promise<UserView> {
    return viewUser(await users.update(ctx, input));
  }

  @Requires("accounts:write")
  @Mutation(() => Boolean, { description: "True when they are gone, and signed out everywhere." })
  async deleteUser(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean> {
    await users.remove(ctx, input);
    return true;
  }

  @Requires("accounts:write")
  @Mutation(() => Int, {
    description: "Signs them out everywhere; answers how many sessions that were.",
  })
  endUserSessions(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
  ): Promise<number> {
    return users.signOutEverywhere(ctx, input);
  }

  @Requires("accounts:write")
  @Mutation(() => Boolean, {
    description:
      "For who has lost their app and their recovery codes. True when there was a second factor.",
  })
  removeSecondFactor(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean> {
    return removeOf(ctx, input);
  }
}
