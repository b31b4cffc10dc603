import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import { Public } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { type Connection, PageArgs } from "#kernel/graphql/connection";
import { content } from "#modules/storefront";
import * as posts from "./post.queries.ts";
import { BlogAuthorView, PostConnection, PostView } from "./post.view.ts";

const localeField = {
  nullable: true,
  description: "BCP 47; the tenant's default if left out.",
} as const;

@Resolver(() => PostView)
export class PostResolver {
  @Public()
  @Query(() => PostView, { nullable: true, description: "Null when there is no such post." })
  post(
    @Ctx() ctx: RequestContext,
    @Arg("slug", () => String) slug: string,
    @Arg("locale", () => String, localeField) locale?: string,
  ): Promise<PostView | null> {
    return posts.get(ctx, slug, locale);
  }

  @Public()
  @Query(() => PostConnection, { description: "Those of an author by `filter: { author }`." })
  posts(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("locale", () => String, localeField) locale?: string,
    @Arg("filter", () => posts.PostFilter, { nullable: true }) filter?: posts.PostFilter,
    @Arg("sort", () => content.NodeSort, { nullable: true }) sort?: content.NodeSort,
  ): Promise<Connection<PostView>> {
    return posts.find(ctx, page, locale, filter, sort);
  }

  @Public()
  @Query(() => [BlogAuthorView], { description: "Who has published posts, by handle." })
  blogAuthors(
    @Ctx() ctx: RequestContext,
    @Arg("locale", () => String, localeField) locale?: string,
  ): Promise<BlogAuthorView[]> {
    return posts.authors(ctx, locale);
  }

  @Public()
  @Query(() => BlogAuthorView, {
    nullable: true,
    description: "Null when nobody of that handle has published a post.",
  })
  async blogAuthor(
    @Ctx() ctx: RequestContext,
    @Arg("handle", () => String) handle: string,
    @Arg("locale", () => String, localeField) locale?: string,
  ): Promise<BlogAuthorView | null> {
    const [author] = await posts.authors(ctx, locale, handle);
    return author ?? null;
  }
}
