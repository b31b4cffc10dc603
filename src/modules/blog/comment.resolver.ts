import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Public, Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { type Connection, PageArgs } from "#kernel/graphql/connection";
import { type Key, KeyInput } from "#kernel/graphql/key.input";
import { GraphQLId } from "#kernel/graphql/scalars";
import {
  type ModerateComment,
  ModerateCommentInput,
  type SubmitComment,
  SubmitCommentInput,
} from "./comment.input.ts";
import { CommentFilter, CommentSort, find, findPublic } from "./comment.queries.ts";
import * as comments from "./comment.service.ts";
import {
  AdminCommentConnection,
  type AdminCommentView,
  CommentConnection,
  CommentView,
  SubmittedCommentView,
} from "./comment.view.ts";

@Resolver(() => CommentView)
export class CommentResolver {
  @Public()
  @Query(() => CommentConnection, { description: "Those on the post itself, with their answers." })
  comments(
    @Ctx() ctx: RequestContext,
    @Arg("postId", () => GraphQLId) postId: string,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("sort", () => CommentSort, { nullable: true, description: "Oldest first if left out." })
    sort?: CommentSort,
  ): Promise<Connection<CommentView>> {
    return findPublic(ctx, postId, page, sort);
  }

  @Requires("blog:moderate")
  @Query(() => AdminCommentConnection)
  adminComments(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => CommentFilter, { nullable: true }) filter?: CommentFilter,
    @Arg("sort", () => CommentSort, { nullable: true, description: "Newest first if left out." })
    sort?: CommentSort,
  ): Promise<Connection<AdminCommentView>> {
    return find(ctx, page, filter, sort);
  }

  @Public()
  @Mutation(() => SubmittedCommentView, {
    description: "Readers write here, signed in or not; RATE_LIMITED for many at once.",
  })
  submitComment(
    @Arg("input", () => SubmitCommentInput) input: SubmitComment,
    @Ctx() ctx: RequestContext,
  ): Promise<SubmittedCommentView> {
    return comments.submit(ctx, input);
  }

  @Requires("blog:moderate")
  @Mutation(() => SubmittedCommentView)
  moderateComment(
    @Arg("input", () => ModerateCommentInput) input: ModerateComment,
    @Ctx() ctx: RequestContext,
  ): Promise<SubmittedCommentView> {
    return comments.moderate(ctx, input);
  }

  @Requires("blog:moderate")
  @Mutation(() => Boolean, { description: "True when it is gone, with the answers below it." })
  async deleteComment(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean> {
    await comments.remove(ctx, input);
    return true;
  }
}
