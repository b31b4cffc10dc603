import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from "type-graphql";
import { demand, Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { PageArgs, type Connection } from "#kernel/graphql/connection";
import { type Key, KeyInput } from "#kernel/graphql/key.input";
import { GraphQLId } from "#kernel/graphql/scalars";
import {
  type CreateProduct,
  CreateProductInput,
  type UpdateProduct,
  UpdateProductInput,
} from "./product.input.ts";
import { find, get, ProductFilter, ProductSort } from "./product.queries.ts";
import * as products from "./product.service.ts";
import { partsIn, ProductConnection, ProductView, viewProduct } from "./product.view.ts";

@Resolver(() => ProductView)
export class ProductResolver {
  @Requires("commerce:read")
  @Query(() => ProductConnection)
  adminProducts(
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => ProductFilter, { nullable: true }) filter?: ProductFilter,
    @Arg("sort", () => ProductSort, { nullable: true }) sort?: ProductSort,
  ): Promise<Connection<ProductView>> {
    return find(ctx, page, filter, sort, partsIn(info, "edges", "node"));
  }

  @Requires("commerce:read")
  @Query(() => ProductView, { nullable: true })
  adminProduct(
    @Arg("id", () => GraphQLId) id: string,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ProductView | null> {
    return get(ctx, id, partsIn(info));
  }

  @Requires("commerce:write")
  @Mutation(() => ProductView)
  async createProduct(
    @Arg("input", () => CreateProductInput) input: CreateProduct,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ProductView> {
    if (input.status === "published") demand(ctx.actor, "commerce:publish");
    return viewProduct(await products.create(ctx, input, partsIn(info)));
  }

  @Requires("commerce:write")
  @Mutation(() => ProductView)
  async updateProduct(
    @Arg("input", () => UpdateProductInput) input: UpdateProduct,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ProductView> {
    return viewProduct(await products.update(ctx, input, partsIn(info)));
  }

  @Requires("commerce:publish")
  @Mutation(() => ProductView)
  async publishProduct(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ProductView> {
    return viewProduct(await products.publish(ctx, input, partsIn(info)));
  }

  @Requires("commerce:publish")
  @Mutation(() => ProductView)
  async unpublishProduct(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ProductView> {
    return viewProduct(await products.unpublish(ctx, input, partsIn(info)));
  }

  @Requires("commerce:write")
  @Mutation(() => Boolean, { description: "True when it is gone." })
  async deleteProduct(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean> {
    await products.remove(ctx, input);
    return true;
  }
}
