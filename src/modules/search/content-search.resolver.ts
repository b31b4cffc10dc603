import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, Info, Query, Resolver } from "type-graphql";
import { Public } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { wants } from "#kernel/graphql/selection";
import { chooseLocale } from "#kernel/locale";
import { contentFilter, ContentSearchArgs } from "./content-search.args.ts";
import {
  type ContentFacetsView,
  ContentHitConnection,
  ContentHitView,
  viewContentFacets,
} from "./content-search.view.ts";
import { didYouMean } from "./did-you-mean.ts";
import { viewHits, type HitConnection } from "./hit.view.ts";
import * as search from "./search.service.ts";
import { highlightsIn } from "./highlights.ts";

const facets = ["kinds", "categories", "tags", "authors"] as const;

@Resolver(() => ContentHitView)
export class ContentSearchResolver {
  @Public()
  @Query(() => ContentHitConnection, {
    description:
      "Nodes of every kind. All words must match, of the title, what the node is filed under, its excerpt or its text; best first, as searchProducts has it.",
  })
  async searchContent(
    @Ctx() ctx: RequestContext,
    @Args(() => ContentSearchArgs) args: ContentSearchArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<HitConnection<ContentHitView, ContentFacetsView>> {
    const { query, sort, first, after } = args;
    const locale = chooseLocale(ctx.tenant, args.locale);
    const found = await search.searchContent(ctx, {
      query,
      sort,
      first,
      after,
      locale,
      filter: contentFilter(args.filter),
      facets: facets.filter((facet) => wants(info, "facets", facet)),
      withTotal: wants(info, "totalCount") || wants(info, "didYouMean"),
      highlights: highlightsIn(info, "edges", "node"),
    });
    return viewHits(found, after, viewContentFacets(found), () =>
      didYouMean(ctx, { locale, query }, found.totalCount ?? 0),
    ) as HitConnection<ContentHitView, ContentFacetsView>;
  }
}
