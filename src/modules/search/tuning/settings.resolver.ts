import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import {
  SearchSettingsArgs,
  type UpdateSearchSettings,
  UpdateSearchSettingsInput,
} from "./settings.input.ts";
import * as settings from "./settings.service.ts";
import { SearchSettingsView, viewDefaults, viewSettings } from "./settings.view.ts";

@Resolver(() => SearchSettingsView)
export class SearchSettingsResolver {
  @Requires("search:read")
  @Query(() => SearchSettingsView, { description: "What holds for searches now." })
  async searchSettings(
    @Args(() => SearchSettingsArgs) { kind, locale }: SearchSettingsArgs,
    @Ctx() ctx: RequestContext,
  ): Promise<SearchSettingsView> {
    const found = await settings.get(ctx, kind, locale);
    return found ? viewSettings(found) : viewDefaults(kind, locale);
  }

  @Requires("search:write")
  @Mutation(() => SearchSettingsView)
  async updateSearchSettings(
    @Arg("input", () => UpdateSearchSettingsInput) input: UpdateSearchSettings,
    @Ctx() ctx: RequestContext,
  ): Promise<SearchSettingsView> {
    return viewSettings(await settings.update(ctx, input));
  }
}
