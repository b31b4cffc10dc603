import type { GraphQLResolveInfo } from "graphql";
import { Args, ArgsType, Ctx, Field, Info, Int, Query, Resolver } from "type-graphql";
import { z } from "zod";
import { Public } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { wants } from "#kernel/graphql/selection";
import { ValidatedBy } from "#kernel/graphql/validation";
import { chooseCurrency, chooseLocale } from "#kernel/locale";
import { searchArgs } from "./filters.input.ts";
import { highlightsIn } from "./highlights.ts";
import { suggest, type Suggestions } from "./suggest.service.ts";
import { SuggestionsView } from "./suggest.view.ts";

const { query, locale } = searchArgs;
const most = 20;

@ValidatedBy(
  z.object({ query, locale, currency: z.string().nullish(), first: z.int().min(1).max(most) }),
)
@ArgsType()
class SuggestArgs {
  @Field(() => String, { description: "What was typed so far." })
  query!: string;

  @Field(() => String, { nullable: true, description: "BCP 47; the tenant's default if left out." })
  locale?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "ISO 4217, what prices are in; the tenant's default if left out.",
  })
  currency?: string | null;

  @Field(() => Int, {
    defaultValue: 5,
    description: `Of each kind of suggestion; at most ${most}.`,
  })
  first!: number;
}

const parts = ["completions", "products", "categories", "popular"] as const;

@Resolver(() => SuggestionsView)
export class SuggestResolver {
  @Public()
  @Query(() => SuggestionsView, {
    description:
      "For a search box, at each letter. Ask for what you show: each part is a search of its own, all at the same time.",
  })
  suggest(
    @Ctx() ctx: RequestContext,
    @Args(() => SuggestArgs) args: SuggestArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Suggestions> {
    return suggest(ctx, {
      query: args.query,
      locale: chooseLocale(ctx.tenant, args.locale),
      currency: chooseCurrency(ctx.tenant, args.currency),
      first: args.first,
      parts: parts.filter((part) => wants(info, part)),
      highlights: highlightsIn(info, "products"),
    });
  }
}
