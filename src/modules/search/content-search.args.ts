import { ArgsType, Field, InputType, Int, registerEnumType } from "type-graphql";
import { z } from "zod";
import { MemberFilter } from "#modules/storefront";
import { DateFilter } from "#kernel/graphql/filters";
import { ValidatedBy } from "#kernel/graphql/validation";
import type { ContentSearchFilter, Maybe } from "./engine.ts";
import { among, Choice, ChoiceFilter, chosen, searchArgs } from "./filters.input.ts";

@InputType("ContentSearchFilter")
class FilterInput {
  @Field(() => ChoiceFilter, { nullable: true, description: "post, page, or one of your own." })
  kind?: ChoiceFilter | null;

  @Field(() => MemberFilter, { nullable: true, description: "By handle; what is below it counts." })
  category?: MemberFilter | null;

  @Field(() => MemberFilter, { nullable: true, description: "By handle." })
  tag?: MemberFilter | null;

  @Field(() => ChoiceFilter, { nullable: true, description: "By handle." })
  author?: ChoiceFilter | null;

  @Field(() => DateFilter, { nullable: true })
  publishedAt?: DateFilter | null;
}

export enum ContentSearchSort {
  RELEVANCE = "relevance",
  NEWEST = "newest",
  OLDEST = "oldest",
  TITLE = "title",
}
registerEnumType(ContentSearchSort, { name: "ContentSearchSort" });

@ValidatedBy(
  z.object({
    ...searchArgs,
    filter: z
      .object({
        kind: Choice,
        category: Choice,
        tag: Choice,
        author: Choice,
        publishedAt: z.object({ gte: z.date().nullish(), lte: z.date().nullish() }).nullish(),
      })
      .nullish(),
  }),
)
@ArgsType()
export class ContentSearchArgs {
  @Field(() => String, {
    defaultValue: "",
    description: "What was typed, the last word perhaps unfinished. Nothing finds everything.",
  })
  query!: string;

  @Field(() => String, { nullable: true, description: "BCP 47; the tenant's default if left out." })
  locale?: string | null;

  @Field(() => FilterInput, { nullable: true })
  filter?: FilterInput | null;

  @Field(() => ContentSearchSort, { defaultValue: ContentSearchSort.RELEVANCE })
  sort!: ContentSearchSort;

  @Field(() => Int, { defaultValue: 20, description: "At most 100." })
  first!: number;

  @Field(() => String, { nullable: true, description: "The `endCursor` of the page before." })
  after?: string | null;
}

/** The filter as the engine has it. */
export function contentFilter(filter: Maybe<FilterInput>): ContentSearchFilter {
  return {
    kinds: chosen(filter?.kind),
    categories: among(filter?.category),
    tags: among(filter?.tag),
    authors: chosen(filter?.author),
    publishedAt: filter?.publishedAt,
  };
}
