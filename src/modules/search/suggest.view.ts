import { Field, ObjectType } from "type-graphql";
import type { Scope } from "#entities/taxonomy/category";
import { GraphQLId } from "#kernel/graphql/scalars";
import { NamedView } from "#modules/storefront";
import { ScopeEnum } from "#modules/taxonomy";
import { ProductHitView } from "./product-search.view.ts";
import type { Suggestions } from "./suggest.service.ts";

@ObjectType("SuggestedCategory", { simpleResolvers: true })
class SuggestedCategoryView extends NamedView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => ScopeEnum)
  scope!: Scope;

  @Field(() => [NamedView], { description: "From the root of the tree down to this category." })
  breadcrumb!: NamedView[];
}

@ObjectType("Suggestions", { simpleResolvers: true })
export class SuggestionsView {
  @Field(() => [String], {
    description: "What was typed with its last word gone on with, most common first.",
  })
  completions!: string[];

  @Field(() => [ProductHitView])
  products!: Suggestions["products"];

  @Field(() => [SuggestedCategoryView], { description: "Whose names begin so." })
  categories!: SuggestedCategoryView[];

  @Field(() => [String], {
    description: "What was searched for most lately of what begins so and found something.",
  })
  popular!: string[];
}
