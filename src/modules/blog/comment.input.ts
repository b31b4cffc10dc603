import { Field, InputType, registerEnumType } from "type-graphql";
import { z } from "zod";
import { commentStatuses, type CommentStatus } from "#entities/blog/comment";
import { label } from "#kernel/fields";
import { key, KeyInput } from "#kernel/graphql/key.input";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";
import { Id } from "#kernel/ids";

export const CommentStatusEnum = Object.fromEntries(
  commentStatuses.map((status) => [status, status]),
) as Record<CommentStatus, CommentStatus>;
registerEnumType(CommentStatusEnum, {
  name: "CommentStatus",
  description: "Nobody but those who moderate sees what is not approved.",
});

export const submitComment = z.object({
  postId: Id,
  parentId: Id.nullish(),
  name: label(100),
  email: z.email().max(254).nullish(),
  url: z
    .url({ protocol: /^https?$/, normalize: true, error: "must be an http(s) URL" })
    .max(2_000)
    .nullish(),
  text: label(10_000),
});
export type SubmitComment = z.output<typeof submitComment>;

export const moderateComment = key.extend({ status: z.enum(commentStatuses) });
export type ModerateComment = z.output<typeof moderateComment>;

@ValidatedBy(submitComment)
@InputType()
export class SubmitCommentInput implements z.input<typeof submitComment> {
  @Field(() => GraphQLId)
  postId!: string;

  @Field(() => GraphQLId, {
    nullable: true,
    description: "The comment it answers, which is on the post itself.",
  })
  parentId?: string | null;

  @Field(() => String, { description: "Everybody sees it." })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: "Guests must give one. Those with `blog:read-email` see it.",
  })
  email?: string | null;

  @Field(() => String, { nullable: true, description: "Everybody sees it." })
  url?: string | null;

  @Field(() => String, { description: "Markdown without HTML and pictures." })
  text!: string;
}

@ValidatedBy(moderateComment)
@InputType()
export class ModerateCommentInput extends KeyInput implements z.input<typeof moderateComment> {
  @Field(() => CommentStatusEnum)
  status!: CommentStatus;
}
