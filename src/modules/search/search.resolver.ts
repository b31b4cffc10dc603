import type { GraphQLResolveInfo } from "graphql";
import { Args, ArgsType, Ctx, Field, Info, Int, Query, Resolver } from "type-graphql";
import { z } from "zod";
import { Public } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { ValidatedBy } from "#kernel/graphql/validation";
import { chooseCurrency, chooseLocale } from "#kernel/locale";
import { didYouMean } from "./did-you-mean.ts";
import { searchArgs } from "./filters.input.ts";
import { searchAll } from "./search.service.ts";
import { type SearchAnswer, SearchView, viewMixed } from "./search.view.ts";
import { highlightsIn } from "./highlights.ts";

const { query, locale, first } = searchArgs;

@ValidatedBy(z.object({ query, locale, currency: z.string().nullish(), first }))
@ArgsType()
class SearchArgs {
  @Field(() => String, { description: "What was typed, the last word perhaps unfinished." })
  query!: string;

  @Field(() => String, { nullable: true, description: "BCP 47; the tenant's default if left out." })
  locale?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "ISO 4217, what prices are in; the tenant's default if left out.",
  })
  currency?: string | null;

  @Field(() => Int, { defaultValue: 20, description: "At most 100." })
  first!: number;
}

@Resolver(() => SearchView)
export class SearchResolver {
  @Public()
  @Query(() => SearchView, {
    description:
      "Products and content in one list, best first, found as searchProducts and searchContent find them. Those have further pages.",
  })
  async search(
    @Ctx() ctx: RequestContext,
    @Args(() => SearchArgs) args: SearchArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SearchAnswer> {
    const asked = { query: args.query, locale: chooseLocale(ctx.tenant, args.locale) };
    const found = await searchAll(ctx, {
      ...asked,
      currency: chooseCurrency(ctx.tenant, args.currency),
      first: args.first,
      highlights: highlightsIn(info, "hits"),
    });
    const { products, content } = found.totals;
    return viewMixed(found, () => didYouMean(ctx, asked, products + content));
  }
}
