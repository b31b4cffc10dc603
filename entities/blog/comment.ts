import { defineEntity, p } from "@mikro-orm/postgresql";
import { owned } from "#entities/kernel/columns";

export const commentStatuses = ["pending", "approved", "spam", "rejected"] as const;
export type CommentStatus = (typeof commentStatuses)[number];

const ModeratedCommentSchema = defineEntity({
  name: "ModeratedComment",
  tableName: "moderated_comments",
  readonly: true,
  properties: {
    id: p.uuid().primary(),
    ...owned,
    revision: p.bigint("number").$type<number>(),
    parentId: p.uuid().nullable(),
    status: p.string().$type<CommentStatus>(),
    authorName: p.string(),
    authorUrl: p.string().nullable(),
    email: p.string().nullable(),
    userId: p.uuid().nullable(),
    html: p.text(),
    createdAt: p.datetime(),
  },
});

/** A comment as whoever moderates sees it. */
export class ModeratedComment extends ModeratedCommentSchema.class {}
ModeratedCommentSchema.setClass(ModeratedComment);

const IndexedCommentSchema = defineEntity({
  name: "IndexedComment",
  tableName: "index_comments",
  readonly: true,
  properties: {
    id: p.uuid().primary().name("comment_id"),
    ...owned,
    postId: p.uuid(),
    threadId: p.uuid(),
    beginsThread: p.boolean(),
    publishedAt: p.datetime(),
    doc: p.json<unknown>(),
  },
});

/** A comment as everybody sees it. */
export class IndexedComment extends IndexedCommentSchema.class {}
IndexedCommentSchema.setClass(IndexedComment);
