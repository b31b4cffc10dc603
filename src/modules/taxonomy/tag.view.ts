import { Field, GraphQLISODateTime, Int, ObjectType } from "type-graphql";
import type { Scope } from "#entities/taxonomy/category";
import type { Tag } from "#entities/taxonomy/tag";
import { connectionOf } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ScopeEnum } from "./category.input.ts";

@ObjectType("AdminTag", { simpleResolvers: true })
export class TagView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => Int)
  revision!: number;

  @Field(() => ScopeEnum)
  scope!: Scope;

  @Field(() => String)
  handle!: string;

  @Field(() => String)
  name!: string;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  updatedAt!: Date;
}

export const TagConnection = connectionOf(() => TagView, "AdminTag");

export function viewTag(tag: Tag): TagView {
  const { id, revision, scope, handle, name, createdAt, updatedAt } = tag;
  return { id, revision, scope, handle, name, createdAt, updatedAt };
}
