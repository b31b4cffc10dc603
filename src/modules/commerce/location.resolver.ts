import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { PageArgs, type Connection } from "#kernel/graphql/connection";
import {
  type CreateStockLocation,
  CreateStockLocationInput,
  type DeleteStockLocation,
  DeleteStockLocationInput,
  type UpdateStockLocation,
  UpdateStockLocationInput,
} from "./location.input.ts";
import { find } from "./location.queries.ts";
import * as locations from "./location.service.ts";
import { StockLocationConnection, StockLocationView, viewStockLocation } from "./location.view.ts";

@Resolver(() => StockLocationView)
export class StockLocationResolver {
  @Requires("commerce:read")
  @Query(() => StockLocationConnection)
  adminStockLocations(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<StockLocationView>> {
    return find(ctx, page);
  }

  @Requires("commerce:write")
  @Mutation(() => StockLocationView)
  async createStockLocation(
    @Arg("input", () => CreateStockLocationInput) input: CreateStockLocation,
    @Ctx() ctx: RequestContext,
  ): Promise<StockLocationView> {
    return viewStockLocation(await locations.create(ctx, input));
  }

  @Requires("commerce:write")
  @Mutation(() => StockLocationView)
  async updateStockLocation(
    @Arg("input", () => UpdateStockLocationInput) input: UpdateStockLocation,
    @Ctx() ctx: RequestContext,
  ): Promise<StockLocationView> {
    return viewStockLocation(await locations.update(ctx, input));
  }

  @Requires("commerce:write")
  @Mutation(() => Boolean, {
    description: "True when it is gone; one that has stock, be it zero, is a CONFLICT.",
  })
  async deleteStockLocation(
    @Arg("input", () => DeleteStockLocationInput) input: DeleteStockLocation,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean> {
    await locations.remove(ctx, input);
    return true;
  }
}
