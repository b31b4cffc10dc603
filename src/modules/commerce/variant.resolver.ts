import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { type Key, KeyInput } from "#kernel/graphql/key.input";
import {
  type AdjustInventory,
  AdjustInventoryInput,
  type SetInventory,
  SetInventoryInput,
} from "./inventory.input.ts";
import * as inventory from "./inventory.service.ts";
import { type SetPrices, SetPricesInput } from "./price.input.ts";
import * as prices from "./price.service.ts";
import {
  type CreateVariant,
  CreateVariantInput,
  type UpdateVariant,
  UpdateVariantInput,
} from "./variant.input.ts";
import * as variants from "./variant.service.ts";
import { VariantView, viewVariant } from "./variant.view.ts";

@Resolver(() => VariantView)
export class VariantResolver {
  @Requires("commerce:write")
  @Mutation(() => VariantView)
  async createVariant(
    @Arg("input", () => CreateVariantInput) input: CreateVariant,
    @Ctx() ctx: RequestContext,
  ): Promise<VariantView> {
    return viewVariant(await variants.create(ctx, input));
  }

  @Requires("commerce:write")
  @Mutation(() => VariantView)
  async updateVariant(
    @Arg("input", () => UpdateVariantInput) input: UpdateVariant,
    @Ctx() ctx: RequestContext,
  ): Promise<VariantView> {
    return viewVariant(await variants.update(ctx, input));
  }

  @Requires("commerce:write")
  @Mutation(() => Boolean, { description: "True when it is gone." })
  async deleteVariant(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean> {
    await variants.remove(ctx, input);
    return true;
  }

  @Requires("commerce:write")
  @Mutation(() => VariantView)
  async setPrices(
    @Arg("input", () => SetPricesInput) input: SetPrices,
    @Ctx() ctx: RequestContext,
  ): Promise<VariantView> {
    return viewVariant(await prices.set(ctx, input));
  }

  @Requires("commerce:write")
  @Mutation(() => VariantView)
  async setInventory(
    @Arg("input", () => SetInventoryInput) input: SetInventory,
    @Ctx() ctx: RequestContext,
  ): Promise<VariantView> {
    return viewVariant(await inventory.set(ctx, input));
  }

  @Requires("commerce:write")
  @Mutation(() => VariantView)
  async adjustInventory(
    @Arg("input", () => AdjustInventoryInput) input: AdjustInventory,
    @Ctx() ctx: RequestContext,
  ): Promise<VariantView> {
    return viewVariant(await inventory.adjust(ctx, input));
  }
}
