import { GraphQLLocalDate, GraphQLSafeInt } from "graphql-scalars";
import { Args, ArgsType, Ctx, Field, Int, ObjectType, Query, Resolver } from "type-graphql";
import { z } from "zod";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { localeOf, perTenant } from "#kernel/fields";
import { ValidatedBy } from "#kernel/graphql/validation";
import { popular, type QueryStatistic, type Wanted, withoutResults } from "./query-statistics.ts";

@ObjectType("QueryStatistic", { simpleResolvers: true })
class QueryStatisticView implements QueryStatistic {
  @Field(() => String, { description: "Trimmed, in lower case, with single spaces." })
  query!: string;

  @Field(() => GraphQLSafeInt, { description: "How often it was searched for; first pages alone." })
  searches!: number;

  @Field(() => GraphQLSafeInt, {
    description: "How often it found nothing, with no filter that could be why.",
  })
  withoutResults!: number;
}

const statisticsArgs = perTenant((tenant) =>
  z.object({
    from: z.iso.date().nullish(),
    to: z.iso.date().nullish(),
    locale: localeOf(tenant).nullish(),
    first: z.int().min(1).max(1_000),
  }),
);

@ValidatedBy(statisticsArgs)
@ArgsType()
class QueryStatisticsArgs {
  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: "The first day, in UTC; thirty days ago if left out.",
  })
  from?: string | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: "The last day, in UTC; today if left out.",
  })
  to?: string | null;

  @Field(() => String, { nullable: true, description: "One of the tenant's; null for all." })
  locale?: string | null;

  @Field(() => Int, { defaultValue: 20, description: "At most 1,000." })
  first!: number;
}

@Resolver(() => QueryStatisticView)
export class QueryStatisticsResolver {
  @Requires("search:read")
  @Query(() => [QueryStatisticView], {
    description: "What visitors searched for most. Counted within seconds of a search.",
  })
  popularQueries(
    @Args(() => QueryStatisticsArgs) args: QueryStatisticsArgs,
    @Ctx() ctx: RequestContext,
  ): Promise<QueryStatistic[]> {
    return popular(ctx, wanted(args));
  }

  @Requires("search:read")
  @Query(() => [QueryStatisticView], {
    description: "What visitors searched for most without finding anything.",
  })
  queriesWithoutResults(
    @Args(() => QueryStatisticsArgs) args: QueryStatisticsArgs,
    @Ctx() ctx: RequestContext,
  ): Promise<QueryStatistic[]> {
    return withoutResults(ctx, wanted(args));
  }
}

const wanted = ({ from, to, locale, first }: QueryStatisticsArgs): Wanted => ({
  from: from ?? daysAgo(30),
  to: to ?? daysAgo(0),
  locale: locale ?? null,
  first,
});

const daysAgo = (days: number) =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
