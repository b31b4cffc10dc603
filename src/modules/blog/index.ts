export * as comments from "./comment.service.ts";
export { moderateComment, submitComment } from "./comment.input.ts";
export * from "./events.ts";
export {
  type CommentDifference,
  refreshAllComments,
  refreshComments,
  verifyComments,
} from "./read-model.ts";
