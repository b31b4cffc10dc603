import { Field, GraphQLISODateTime, Int, ObjectType } from "type-graphql";
import type { CommentStatus, ModeratedComment } from "#entities/blog/comment";
import { Requires } from "#kernel/access/access";
import { connectionOf } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";
import { CommentStatusEnum } from "./comment.input.ts";

/** What the column `doc` of index_comments holds. */
export interface CommentDocument {
  id: string;
  /** What it is about, or the comment it answers. */
  parentId: string;
  authorName: string;
  authorUrl: string | null;
  /** Sanitised. */
  html: string;
  /** ISO 8601, in UTC. */
  publishedAt: string;
}

@ObjectType("CommentAnswer", { simpleResolvers: true })
export class AnswerView implements CommentDocument {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => GraphQLId, { description: "The comment it answers, or what it is about." })
  parentId!: string;

  @Field(() => String, { description: "May be empty." })
  authorName!: string;

  @Field(() => String, { nullable: true })
  authorUrl!: string | null;

  @Field(() => String, { description: "Sanitised." })
  html!: string;

  @Field(() => GraphQLISODateTime)
  publishedAt!: string;
}

@ObjectType("Comment", { simpleResolvers: true })
export class CommentView extends AnswerView {
  @Field(() => [AnswerView], {
    description: "To it and to each other, oldest first; a hundred at most.",
  })
  answers!: AnswerView[];
}

export const CommentConnection = connectionOf(() => CommentView, "Comment");

@ObjectType("SubmittedComment", { simpleResolvers: true })
export class SubmittedCommentView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => CommentStatusEnum, { description: "Whether it is shown already." })
  status!: CommentStatus;
}

@ObjectType("AdminComment", { simpleResolvers: true })
export class AdminCommentView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => Int)
  revision!: number;

  @Field(() => CommentStatusEnum)
  status!: CommentStatus;

  @Field(() => GraphQLId, {
    nullable: true,
    description: "The comment it answers, or what it is about.",
  })
  parentId!: string | null;

  @Field(() => String, { description: "May be empty." })
  authorName!: string;

  @Field(() => String, { nullable: true })
  authorUrl!: string | null;

  @Requires("blog:read-email")
  @Field(() => String, { nullable: true })
  email!: string | null;

  @Field(() => GraphQLId, { nullable: true, description: "Of who was signed in." })
  userId!: string | null;

  @Field(() => String, { description: "Sanitised." })
  html!: string;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;
}

export const AdminCommentConnection = connectionOf(() => AdminCommentView, "AdminComment");

export function viewComment(comment: ModeratedComment): AdminCommentView {
  const { id, revision, status, authorName, html, createdAt } = comment;
  return {
    id,
    revision,
    status,
    authorName,
    html,
    createdAt,
    parentId: comment.parentId ?? null,
    authorUrl: comment.authorUrl ?? null,
    email: comment.email ?? null,
    userId: comment.userId ?? null,
  };
}
