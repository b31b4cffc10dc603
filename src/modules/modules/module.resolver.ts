import { Arg, Ctx, Field, InputType, Mutation, Query, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import type { ModuleDefinition } from "#kernel/modules/module";
import * as service from "./module.service.ts";
import { ModuleView, viewModule } from "./module.view.ts";

@InputType()
class ModuleKeyInput {
  @Field(() => String, { description: "Its slug." })
  module!: string;
}

/** The list is asked for when somebody asks: this resolver belongs to a module of it. */
export function moduleResolver(list: () => ModuleDefinition[]) {
  @Resolver(() => ModuleView)
  class ModuleResolver {
    @Requires("modules:read")
    @Query(() => [ModuleView])
    async modules(@Ctx() ctx: RequestContext): Promise<ModuleView[]> {
      const states = await service.states(ctx, list());
      return states.map((state) => viewModule(state, list()));
    }

    @Requires("modules:write")
    @Mutation(() => ModuleView, {
      description: "What has changed while it was off is made up for in the background.",
    })
    async enableModule(
      @Arg("input", () => ModuleKeyInput) { module }: ModuleKeyInput,
      @Ctx() ctx: RequestContext,
    ): Promise<ModuleView> {
      return viewModule(await service.enable(ctx, list(), module), list());
    }

    @Requires("modules:write")
    @Mutation(() => ModuleView, {
      description: "Its fields and routes then answer MODULE_DISABLED; its data stays.",
    })
    async disableModule(
      @Arg("input", () => ModuleKeyInput) { module }: ModuleKeyInput,
      @Ctx() ctx: RequestContext,
    ): Promise<ModuleView> {
      return viewModule(await service.disable(ctx, list(), module), list());
    }
  }
  return ModuleResolver;
}
