import { Field, GraphQLISODateTime, Int, ObjectType } from "type-graphql";
import type { Author } from "#entities/content/author";
import { connectionOf } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";

@ObjectType("AdminAuthor", { simpleResolvers: true })
export class AuthorView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => Int)
  revision!: number;

  @Field(() => String)
  handle!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  bio!: string | null;

  @Field(() => String, { nullable: true })
  avatarUrl!: string | null;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  updatedAt!: Date;
}

export const AuthorConnection = connectionOf(() => AuthorView, "AdminAuthor");

export function viewAuthor(author: Author): AuthorView {
  const { id, revision, handle, name, bio, avatarUrl, createdAt, updatedAt } = author;
  return {
    id,
    revision,
    handle,
    name,
    createdAt,
    updatedAt,
    bio: bio ?? null,
    avatarUrl: avatarUrl ?? null,
  };
}
