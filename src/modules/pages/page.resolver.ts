import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Public, Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { type Connection, PageArgs } from "#kernel/graphql/connection";
import { type MovePage, MovePageInput, PageRedirectKeyInput } from "./page.input.ts";
import { at, PageRedirectFilter, redirects, tree } from "./page.queries.ts";
import * as pages from "./page.service.ts";
import {
  PageAtPathView,
  PageRedirectConnection,
  type PageRedirectView,
  PageTreeNodeView,
  PageView,
} from "./page.view.ts";

const localeField = {
  nullable: true,
  description: "BCP 47; the tenant's default if left out.",
} as const;

@Resolver(() => PageView)
export class PageResolver {
  @Public()
  @Query(() => PageAtPathView, {
    nullable: true,
    description: "Null when no page is or was there.",
  })
  page(
    @Ctx() ctx: RequestContext,
    @Arg("path", () => String, { description: "Such as /about/team." }) path: string,
    @Arg("locale", () => String, localeField) locale?: string,
  ): Promise<PageAtPathView | null> {
    return at(ctx, path, locale);
  }

  @Public()
  @Query(() => [PageTreeNodeView], {
    description: "The roots of the tree, with all that is below them.",
  })
  pageTree(
    @Ctx() ctx: RequestContext,
    @Arg("locale", () => String, localeField) locale?: string,
  ): Promise<PageTreeNodeView[]> {
    return tree(ctx, locale);
  }

  @Requires("pages:read")
  @Query(() => PageRedirectConnection, { description: "Where pages were before, newest first." })
  adminPageRedirects(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => PageRedirectFilter, { nullable: true }) filter?: PageRedirectFilter,
  ): Promise<Connection<PageRedirectView>> {
    return redirects(ctx, page, filter);
  }

  @Requires("pages:write")
  @Mutation(() => Boolean, {
    description: "True when it is there; the paths it leaves lead on to it.",
  })
  async movePage(
    @Arg("input", () => MovePageInput) input: MovePage,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean> {
    await pages.move(ctx, input);
    return true;
  }

  @Requires("pages:write")
  @Mutation(() => Boolean, { description: "True when its path leads nowhere any more." })
  async deletePageRedirect(
    @Arg("input", () => PageRedirectKeyInput) { id }: PageRedirectKeyInput,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean> {
    await pages.removeRedirect(ctx, id);
    return true;
  }
}
