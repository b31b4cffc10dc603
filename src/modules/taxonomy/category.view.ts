import { Field, GraphQLISODateTime, Int, ObjectType } from "type-graphql";
import type { Category, Scope } from "#entities/taxonomy/category";
import { connectionOf } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ScopeEnum } from "./category.input.ts";

@ObjectType("AdminCategoryTranslation", { simpleResolvers: true })
export class CategoryTranslationView {
  @Field(() => String)
  locale!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  description!: string | null;
}

@ObjectType("AdminCategory", { simpleResolvers: true })
export class CategoryView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => Int)
  revision!: number;

  @Field(() => ScopeEnum)
  scope!: Scope;

  @Field(() => GraphQLId, { nullable: true })
  parentId!: string | null;

  @Field(() => String)
  handle!: string;

  @Field(() => Int)
  position!: number;

  @Field(() => [CategoryTranslationView])
  translations!: CategoryTranslationView[];

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  updatedAt!: Date;
}

export const CategoryConnection = connectionOf(() => CategoryView, "AdminCategory");

/** Its translations must be loaded. */
export function viewCategory(category: Category): CategoryView {
  const { id, revision, scope, handle, position, createdAt, updatedAt } = category;
  return {
    id,
    revision,
    scope,
    handle,
    position,
    createdAt,
    updatedAt,
    parentId: category.parentId ?? null,
    translations: category.translations
      .getItems()
      .map(({ locale, name, description }) => ({ locale, name, description: description ?? null })),
  };
}
