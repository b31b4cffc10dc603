import { Field, GraphQLISODateTime, Int, ObjectType } from "type-graphql";
import { connectionOf } from "#kernel/graphql/connection";
import { NodeView } from "#modules/storefront";

@ObjectType("Post", { simpleResolvers: true })
export class PostView extends NodeView {
  countComments!: () => Promise<number>;

  @Field(() => Int, { description: "Those that everybody sees, answers included." })
  commentCount(): Promise<number> {
    return this.countComments();
  }
}

export const PostConnection = connectionOf(() => PostView, "Post");

@ObjectType("BlogAuthor", { simpleResolvers: true })
export class BlogAuthorView {
  @Field(() => String)
  handle!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  bio!: string | null;

  @Field(() => String, { nullable: true })
  avatarUrl!: string | null;

  @Field(() => Int)
  postCount!: number;

  @Field(() => GraphQLISODateTime)
  latestPostAt!: Date;
}
