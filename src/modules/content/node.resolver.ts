import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { demand, Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { PageArgs, type Connection } from "#kernel/graphql/connection";
import { type Key, KeyInput } from "#kernel/graphql/key.input";
import { GraphQLId } from "#kernel/graphql/scalars";
import {
  type CreateNode,
  CreateNodeInput,
  type UpdateNode,
  UpdateNodeInput,
} from "./node.input.ts";
import { find, get, NodeFilter, NodeSort } from "./node.queries.ts";
import * as nodes from "./node.service.ts";
import { NodeConnection, NodeView, viewNode } from "./node.view.ts";

@Resolver(() => NodeView)
export class NodeResolver {
  @Requires("content:read")
  @Query(() => NodeConnection)
  adminNodes(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => NodeFilter, { nullable: true }) filter?: NodeFilter,
    @Arg("sort", () => NodeSort, { nullable: true }) sort?: NodeSort,
  ): Promise<Connection<NodeView>> {
    return find(ctx, page, filter, sort);
  }

  @Requires("content:read")
  @Query(() => NodeView, { nullable: true })
  adminNode(
    @Arg("id", () => GraphQLId) id: string,
    @Ctx() ctx: RequestContext,
  ): Promise<NodeView | null> {
    return get(ctx, id);
  }

  @Requires("content:write")
  @Mutation(() => NodeView)
  async createNode(
    @Arg("input", () => CreateNodeInput) input: CreateNode,
    @Ctx() ctx: RequestContext,
  ): Promise<NodeView> {
    if (input.status === "published") demand(ctx.actor, "content:publish");
    return viewNode(await nodes.create(ctx, input));
  }

  @Requires("content:write")
  @Mutation(() => NodeView)
  async updateNode(
    @Arg("input", () => UpdateNodeInput) input: UpdateNode,
    @Ctx() ctx: RequestContext,
  ): Promise<NodeView> {
    return viewNode(await nodes.update(ctx, input));
  }

  @Requires("content:publish")
  @Mutation(() => NodeView)
  async publishNode(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
  ): Promise<NodeView> {
    return viewNode(await nodes.publish(ctx, input));
  }

  @Requires("content:publish")
  @Mutation(() => NodeView)
  async unpublishNode(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
  ): Promise<NodeView> {
    return viewNode(await nodes.unpublish(ctx, input));
  }

  @Requires("content:write")
  @Mutation(() => Boolean, { description: "True when it is gone, with the comments below it." })
  async deleteNode(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean> {
    await nodes.remove(ctx, input);
    return true;
  }
}
