import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, Info, Query, Resolver } from "type-graphql";
import { Public } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { wants } from "#kernel/graphql/selection";
import { chooseCurrency, chooseLocale } from "#kernel/locale";
import type { ProductSearch } from "./engine.ts";
import { didYouMean } from "./did-you-mean.ts";
import { viewHits, type HitConnection } from "./hit.view.ts";
import { productFilter, ProductSearchArgs } from "./product-search.args.ts";
import {
  type ProductFacetsView,
  ProductHitConnection,
  ProductHitView,
  viewProductFacets,
} from "./product-search.view.ts";
import * as search from "./search.service.ts";
import { highlightsIn } from "./highlights.ts";

@Resolver(() => ProductHitView)
export class ProductSearchResolver {
  @Public()
  @Query(() => ProductHitConnection, {
    description:
      "All words must match, of the title, what the product is filed under, or its description. Best first: words as typed, then their forms and beginnings, then, where that finds fewer than ten, misspellings.",
  })
  async searchProducts(
    @Ctx() ctx: RequestContext,
    @Args(() => ProductSearchArgs) args: ProductSearchArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<HitConnection<ProductHitView, ProductFacetsView>> {
    const { query, sort, first, after } = args;
    const locale = chooseLocale(ctx.tenant, args.locale);
    const found = await search.searchProducts(ctx, {
      query,
      sort,
      first,
      after,
      locale,
      currency: chooseCurrency(ctx.tenant, args.currency),
      filter: productFilter(args.filter),
      facets: facetsIn(info),
      withTotal: wants(info, "totalCount") || wants(info, "didYouMean"),
      highlights: highlightsIn(info, "edges", "node"),
    });
    return viewHits(found, after, viewProductFacets(found), () =>
      didYouMean(ctx, { locale, query }, found.totalCount ?? 0),
    ) as HitConnection<ProductHitView, ProductFacetsView>;
  }
}

const facets = {
  categories: "categories",
  tags: "tags",
  vendors: "vendors",
  productTypes: "productTypes",
  options: "options",
  priceRange: "prices",
} as const;

function facetsIn(info: GraphQLResolveInfo): ProductSearch["facets"] {
  return Object.entries(facets)
    .filter(([field]) => wants(info, "facets", field))
    .map(([, facet]) => facet);
}
