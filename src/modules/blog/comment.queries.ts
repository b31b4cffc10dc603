import { QueryOrder } from "@mikro-orm/postgresql";
import { Field, InputType, registerEnumType } from "type-graphql";
import { type CommentStatus, IndexedComment, ModeratedComment } from "#entities/blog/comment";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import type { Connection, PageArgs } from "#kernel/graphql/connection";
import { conditions, DateFilter, IdFilter, StringFilter } from "#kernel/graphql/filters";
import { list } from "#modules/storefront";
import { CommentStatusEnum } from "./comment.input.ts";
import {
  type AdminCommentView,
  type CommentDocument,
  type CommentView,
  viewComment,
} from "./comment.view.ts";

@InputType("AdminCommentFilter")
export class CommentFilter {
  @Field(() => CommentStatusEnum, { nullable: true })
  status?: CommentStatus | null;

  @Field(() => IdFilter, { nullable: true, description: "The post, or the comment it answers." })
  parentId?: IdFilter | null;

  @Field(() => StringFilter, { nullable: true })
  authorName?: StringFilter | null;

  @Requires("blog:read-email")
  @Field(() => StringFilter, { nullable: true })
  email?: StringFilter | null;

  @Field(() => DateFilter, { nullable: true })
  createdAt?: DateFilter | null;
}

export enum CommentSort {
  NEWEST = "newest",
  OLDEST = "oldest",
}
registerEnumType(CommentSort, { name: "CommentSort" });

/** Every comment, as whoever moderates sees it. */
export function find(
  ctx: RequestContext,
  page: PageArgs,
  { status, ...filter }: CommentFilter = {},
  sort = CommentSort.NEWEST,
): Promise<Connection<AdminCommentView>> {
  const where = { ...conditions({ ...filter }), ...(status && { status }) };
  const orderBy = { id: sort === CommentSort.NEWEST ? QueryOrder.DESC : QueryOrder.ASC };
  return list(ctx, ModeratedComment, { where, orderBy, page }, viewComment);
}

/** More answers than anybody reads below one comment. */
const mostAnswers = 100;

/** What everybody sees below a post: the comments on it, each with its answers. */
export async function findPublic(
  ctx: RequestContext,
  postId: string,
  page: PageArgs,
  sort = CommentSort.OLDEST,
): Promise<Connection<CommentView>> {
  const direction = sort === CommentSort.NEWEST ? QueryOrder.DESC : QueryOrder.ASC;
  const orderBy = { publishedAt: direction, id: direction };
  const where = { postId, beginsThread: true };
  const found = await list(ctx, IndexedComment, { where, orderBy, page }, ({ doc }) => ({
    ...(doc as CommentDocument),
    answers: [] as CommentDocument[],
  }));
  const threads = new Map(found.edges.map(({ node }) => [node.id, node]));
  for (const { threadId, doc } of await answersIn(ctx, [...threads.keys()])) {
    threads.get(threadId)?.answers.push(doc);
  }
  return found;
}

function answersIn(
  ctx: RequestContext,
  threadIds: string[],
): Promise<{ threadId: string; doc: CommentDocument }[]> {
  if (threadIds.length === 0) return Promise.resolve([]);
  return inTransaction(ctx, (tx) =>
    tx.sql(
      `select answer.thread_id as "threadId", answer.doc
       from unnest($1::uuid[]) thread (id)
       cross join lateral (
         select * from index_comments c
         where c.tenant_id = $2 and c.thread_id = thread.id and not c.begins_thread
         order by c.published_at, c.comment_id
         limit ${mostAnswers}) answer
       order by answer.published_at, answer.comment_id`,
      [threadIds, ctx.tenant.id],
    ),
  );
}

/** How many comments everybody sees, answers included, by post. */
export async function countPublic(
  ctx: RequestContext,
  postIds: string[],
): Promise<Map<string, number>> {
  const rows = await inTransaction(ctx, (tx) =>
    tx.sql<{ postId: string; comments: number }>(
      `select post_id as "postId", count(*)::integer as comments from index_comments
       where tenant_id = $1 and post_id = any ($2::uuid[])
       group by post_id`,
      [ctx.tenant.id, postIds],
    ),
  );
  return new Map(rows.map(({ postId, comments }) => [postId, comments]));
}
