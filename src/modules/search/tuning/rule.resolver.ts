import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { type Connection, PageArgs } from "#kernel/graphql/connection";
import { type Key, KeyInput } from "#kernel/graphql/key.input";
import {
  type CreateSearchRule,
  CreateSearchRuleInput,
  type UpdateSearchRule,
  UpdateSearchRuleInput,
} from "./rule.input.ts";
import { find, SearchRuleFilter, SearchRuleSort } from "./rule.queries.ts";
import * as rules from "./rule.service.ts";
import { SearchRuleConnection, SearchRuleView, viewRule } from "./rule.view.ts";

@Resolver(() => SearchRuleView)
export class SearchRuleResolver {
  @Requires("search:read")
  @Query(() => SearchRuleConnection)
  searchRules(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => SearchRuleFilter, { nullable: true }) filter?: SearchRuleFilter,
    @Arg("sort", () => SearchRuleSort, { nullable: true }) sort?: SearchRuleSort,
  ): Promise<Connection<SearchRuleView>> {
    return find(ctx, page, filter, sort);
  }

  @Requires("search:write")
  @Mutation(() => SearchRuleView)
  async createSearchRule(
    @Arg("input", () => CreateSearchRuleInput) input: CreateSearchRule,
    @Ctx() ctx: RequestContext,
  ): Promise<SearchRuleView> {
    return viewRule(await rules.create(ctx, input));
  }

  @Requires("search:write")
  @Mutation(() => SearchRuleView)
  async updateSearchRule(
    @Arg("input", () => UpdateSearchRuleInput) input: UpdateSearchRule,
    @Ctx() ctx: RequestContext,
  ): Promise<SearchRuleView> {
    return viewRule(await rules.update(ctx, input));
  }

  @Requires("search:write")
  @Mutation(() => Boolean, { description: "True when it is gone." })
  async deleteSearchRule(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean> {
    await rules.remove(ctx, input);
    return true;
  }
}
