import { GraphQLSafeInt } from "graphql-scalars";
import { Field, GraphQLISODateTime, Int, ObjectType } from "type-graphql";
import type { AssignedCategory, Named, Price, PriceRange, Seo } from "#modules/index";

/*
 * The views are the documents of the read model, field for field: what an editor's change made of the
 * index is sent on as it lies there. Nothing here computes.
 */

@ObjectType("Breadcrumb", { simpleResolvers: true })
export class NamedView implements Named {
  @Field(() => String)
  handle!: string;

  @Field(() => String)
  name!: string;
}

@ObjectType("Tag", { simpleResolvers: true })
export class TagView extends NamedView {}

@ObjectType("AssignedCategory", { simpleResolvers: true })
export class AssignedCategoryView extends NamedView implements AssignedCategory {
  @Field(() => [NamedView], { description: "From the root of the tree down to this category." })
  breadcrumb!: NamedView[];
}

@ObjectType("Seo", { simpleResolvers: true })
export class SeoView implements Seo {
  @Field(() => String, { nullable: true })
  title!: string | null;

  @Field(() => String, { nullable: true })
  description!: string | null;
}

@ObjectType("Price", { simpleResolvers: true })
export class PriceView implements Price {
  @Field(() => String, { description: "ISO 4217." })
  currency!: string;

  @Field(() => GraphQLSafeInt, { description: "Minor units: 1999 is 19.99 EUR and 1999 JPY." })
  amount!: number;

  @Field(() => GraphQLSafeInt, { nullable: true, description: "What it cost before." })
  compareAtAmount!: number | null;
}

@ObjectType("PriceRange", { simpleResolvers: true })
export class PriceRangeView implements PriceRange {
  @Field(() => String, { description: "ISO 4217." })
  currency!: string;

  @Field(() => GraphQLSafeInt, { description: "Of the cheapest variant, in minor units." })
  min!: number;

  @Field(() => GraphQLSafeInt, { description: "Of the dearest variant, in minor units." })
  max!: number;
}

/** What every document has. */
@ObjectType({ simpleResolvers: true })
export class DocumentView {
  @Field(() => String, {
    description: "The locale of the texts: the tenant's default where a translation is missing.",
  })
  locale!: string;

  @Field(() => Int, { description: "The revision of the source this was made from." })
  sourceRevision!: number;

  @Field(() => Int, { deprecationReason: "Ask for sourceRevision." })
  revision!: number;

  @Field(() => GraphQLISODateTime, { description: "When it was made." })
  indexedAt!: Date;

  @Field(() => GraphQLISODateTime)
  publishedAt!: string;

  @Field(() => GraphQLISODateTime)
  createdAt!: string;

  @Field(() => GraphQLISODateTime)
  updatedAt!: string;

  @Field(() => SeoView)
  seo!: SeoView;

  @Field(() => [AssignedCategoryView])
  categories!: AssignedCategoryView[];

  @Field(() => [TagView])
  tags!: TagView[];
}
