import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import { Public } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { PageArgs, type Connection } from "#kernel/graphql/connection";
import { find, get, NodeFilter, NodeSort } from "./content.queries.ts";
import { NodeConnection, NodeView } from "./content.view.ts";

const localeField = {
  nullable: true,
  description: "BCP 47; the tenant's default if left out.",
} as const;

@Resolver(() => NodeView)
export class NodeResolver {
  @Public()
  @Query(() => NodeView, { nullable: true, description: "Null when there is no such node." })
  node(
    @Ctx() ctx: RequestContext,
    @Arg("kind", () => String) kind: string,
    @Arg("slug", () => String) slug: string,
    @Arg("locale", () => String, localeField) locale?: string,
  ): Promise<NodeView | null> {
    return get(ctx, kind, slug, locale);
  }

  @Public()
  @Query(() => NodeConnection)
  nodes(
    @Ctx() ctx: RequestContext,
    @Arg("kind", () => String, {
      description:
        "post, page, or one of your own; of comments there is none, the query `comments` has them.",
    })
    kind: string,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("locale", () => String, localeField) locale?: string,
    @Arg("filter", () => NodeFilter, { nullable: true }) filter?: NodeFilter,
    @Arg("sort", () => NodeSort, { nullable: true }) sort?: NodeSort,
  ): Promise<Connection<NodeView>> {
    return find(ctx, kind, page, locale, filter, sort);
  }
}
