import { z } from "zod";
import { defineEvent } from "#kernel/events/event";
import { Id } from "#kernel/ids";
import { commentStatuses } from "#entities/blog/comment";

const ofComment = {
  version: 1,
  payload: z.object({
    commentId: Id,
    postId: Id,
    status: z.enum(commentStatuses),
    revision: z.int().positive(),
  }),
};
/** A reader has written one. */
export const CommentSubmitted = defineEvent("comment.submitted", ofComment);
/** Somebody has judged one. */
export const CommentModerated = defineEvent("comment.moderated", {
  version: 1,
  payload: ofComment.payload.omit({ postId: true }),
});
