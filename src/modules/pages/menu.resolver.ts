import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Public, Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { type Connection, PageArgs } from "#kernel/graphql/connection";
import { type Key, KeyInput } from "#kernel/graphql/key.input";
import { GraphQLId } from "#kernel/graphql/scalars";
import {
  type CreateMenu,
  CreateMenuInput,
  type UpdateMenu,
  UpdateMenuInput,
} from "./menu.input.ts";
import { find, get, getPublic } from "./menu.queries.ts";
import * as menus from "./menu.service.ts";
import { AdminMenuConnection, AdminMenuView, MenuView, viewMenu } from "./menu.view.ts";

@Resolver(() => MenuView)
export class MenuResolver {
  @Public()
  @Query(() => MenuView, { nullable: true, description: "Null when there is no such menu." })
  menu(
    @Ctx() ctx: RequestContext,
    @Arg("handle", () => String) handle: string,
    @Arg("locale", () => String, {
      nullable: true,
      description: "BCP 47; the tenant's default if left out.",
    })
    locale?: string,
  ): Promise<MenuView | null> {
    return getPublic(ctx, handle, locale);
  }

  @Requires("pages:read")
  @Query(() => AdminMenuConnection, { description: "By handle." })
  adminMenus(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<AdminMenuView>> {
    return find(ctx, page);
  }

  @Requires("pages:read")
  @Query(() => AdminMenuView, { nullable: true })
  adminMenu(
    @Arg("id", () => GraphQLId) id: string,
    @Ctx() ctx: RequestContext,
  ): Promise<AdminMenuView | null> {
    return get(ctx, id);
  }

  @Requires("pages:write")
  @Mutation(() => AdminMenuView)
  async createMenu(
    @Arg("input", () => CreateMenuInput) input: CreateMenu,
    @Ctx() ctx: RequestContext,
  ): Promise<AdminMenuView> {
    return viewMenu(await menus.create(ctx, input));
  }

  @Requires("pages:write")
  @Mutation(() => AdminMenuView)
  async updateMenu(
    @Arg("input", () => UpdateMenuInput) input: UpdateMenu,
    @Ctx() ctx: RequestContext,
  ): Promise<AdminMenuView> {
    return viewMenu(await menus.update(ctx, input));
  }

  @Requires("pages:write")
  @Mutation(() => Boolean, { description: "True when it is gone." })
  async deleteMenu(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean> {
    await menus.remove(ctx, input);
    return true;
  }
}
