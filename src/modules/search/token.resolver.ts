import { Arg, Ctx, Field, GraphQLISODateTime, ObjectType, Query, Resolver } from "type-graphql";
import { Public } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { chooseLocale } from "#kernel/locale";
import { searchToken, type SearchToken } from "./meilisearch/tokens.ts";

@ObjectType("SearchTokenIndexes", { simpleResolvers: true })
class IndexesView {
  @Field(() => String)
  products!: string;

  @Field(() => String)
  content!: string;
}

@ObjectType("SearchToken", {
  simpleResolvers: true,
  description:
    "With what a browser asks Meilisearch itself. It opens this tenant's public documents.",
})
class SearchTokenView implements SearchToken {
  @Field(() => String, { description: "To be sent as `Authorization: Bearer`." })
  token!: string;

  @Field(() => String)
  host!: string;

  @Field(() => IndexesView, { description: "The names of the indexes it is good for." })
  indexes!: IndexesView;

  @Field(() => GraphQLISODateTime, { description: "In an hour: ask for another one before." })
  expiresAt!: Date;
}

@Resolver(() => SearchTokenView)
export class SearchTokenResolver {
  @Public()
  @Query(() => SearchTokenView, {
    description: "NOT_CONFIGURED where the operator does not have browsers ask Meilisearch.",
  })
  searchToken(
    @Ctx() ctx: RequestContext,
    @Arg("locale", () => String, {
      nullable: true,
      description: "BCP 47; the tenant's default if left out.",
    })
    locale: string | null,
  ): Promise<SearchToken> {
    return searchToken(ctx, chooseLocale(ctx.tenant, locale));
  }
}
