import type { CommentStatus } from "#entities/blog/comment";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { BadUserInput, DomainError, NotFound } from "#kernel/errors";
import { record } from "#kernel/events/event";
import type { Key } from "#kernel/graphql/key.input";
import { newId } from "#kernel/ids";
import { nodes } from "#modules/content";
import { commentHtml } from "./comment.html.ts";
import type { ModerateComment, SubmitComment } from "./comment.input.ts";
import { refuseTooMany, writerOf } from "./comment.limits.ts";
import { CommentModerated, CommentSubmitted } from "./events.ts";
import { type BlogSettings, settings } from "./settings.ts";

/** The blog takes no comments. */
export class CommentsClosed extends DomainError {
  constructor() {
    super({ code: "FORBIDDEN", status: 403, message: "Comments are closed here." });
  }
}

/** A comment and what has become of it. */
export interface Judged {
  id: string;
  revision: number;
  status: CommentStatus;
}

/**
 * Takes in what a reader has written; it is shown once it is approved, which may be at once. Throws
 * FORBIDDEN where comments are closed, RATE_LIMITED, NOT_FOUND for a post that nobody sees, BAD_USER_INPUT
 * for a guest without an e-mail address and for an answer to what cannot be answered.
 */
export function submit(ctx: RequestContext, input: SubmitComment): Promise<Judged> {
  return inTransaction(ctx, async (tx) => {
    const { comments } = await settings(tx);
    if (comments === "closed") throw new CommentsClosed();
    await refuseMisplaced(tx, input);
    await refuseTooMany(tx, input);
    const status = judgedAtOnce(tx, comments);
    const node = await nodes.create(tx, {
      kind: "comment",
      status: status === "approved" ? "published" : "draft",
      parentId: input.parentId ?? input.postId,
      fields: { authorName: input.name, ...(input.url && { authorUrl: input.url }) },
      position: 0,
      translations: [
        {
          locale: tx.tenant.defaultLocale,
          slug: `comment-${newId()}`,
          title: "",
          body: { format: "html", source: commentHtml(input.text) },
        },
      ],
      categoryIds: [],
      tagIds: [],
    });
    await tx.sql(
      `insert into blog_comments (tenant_id, comment_id, email, user_id, address, created_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        tx.tenant.id,
        node.id,
        input.email ?? null,
        writerOf(tx),
        tx.origin?.address ?? null,
        tx.now,
      ],
    );
    const { id: commentId, revision } = node;
    record(tx, CommentSubmitted, node, { commentId, postId: input.postId, status, revision });
    return { id: commentId, revision, status };
  });
}

/**
 * Shows a comment to everybody, or says why it is not shown; nothing happens when all is so already.
 * Throws NOT_FOUND, or CONFLICT for a stale revision.
 */
export function moderate(
  ctx: RequestContext,
  { id, revision, status }: ModerateComment,
): Promise<Judged> {
  return inTransaction(ctx, async (tx) => {
    const before = await commentOf(tx, id);
    const approved = status === "approved";
    const node = await nodes[approved ? "publish" : "unpublish"](tx, { id, revision });
    if (before.status === status) return { id, status, revision: node.revision };
    await tx.sql(
      `insert into blog_comments (tenant_id, comment_id, refused_as, created_at)
       values ($1, $2, $3, $4)
       on conflict (tenant_id, comment_id) do update set refused_as = excluded.refused_as`,
      [node.tenantId, id, refusal(status), node.createdAt],
    );
    const judged = { status, revision: node.revision };
    record(tx, CommentModerated, node, { commentId: id, ...judged });
    return { id, ...judged };
  });
}

/** The answers below it, and what is known of who wrote it, go with it. Throws NOT_FOUND, or CONFLICT for a stale revision. */
export function remove(ctx: RequestContext, { id, revision }: Key): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    await commentOf(tx, id);
    await nodes.remove(tx, { id, revision });
  });
}

const addressesUntil = "now() - interval '1 day'";

/** The query for the ids of tenants that have some to forget. */
export const tenantsWithOldAddresses = `select id from tenants_with_comment_addresses(${addressesUntil}) t(id) order by id`;

/** Forgets where the tenant's comments came from, a day after they did. */
export function forgetAddresses(ctx: RequestContext): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    await tx.sql(
      `update blog_comments set address = null
       where address is not null and created_at < ${addressesUntil}`,
    );
  });
}

function judgedAtOnce(
  { actor }: RequestContext,
  comments: BlogSettings["comments"],
): CommentStatus {
  const moderates = "permissions" in actor && actor.permissions.has("blog:moderate");
  return comments === "open" || moderates ? "approved" : "pending";
}

/** Why it is not shown; null while nobody has judged it, and once it is. */
const refusal = (status: CommentStatus) =>
  status === "spam" || status === "rejected" ? status : null;

/** As it is once nobody else can judge it. Throws NOT_FOUND for what is no comment, however well there is a node with the id. */
async function commentOf(tx: Transaction, id: string): Promise<{ status: CommentStatus }> {
  await tx.sql("select from nodes where id = $1 and kind = 'comment' for update", [id]);
  const [found] = await tx.sql<{ status: CommentStatus }>(
    "select status from moderated_comments where id = $1",
    [id],
  );
  if (!found) throw new NotFound("comment", id);
  return found;
}

interface Place {
  id: string;
  parentId: string | null;
  isPost: boolean;
}

/** What is not published is as if it were not there. */
async function refuseMisplaced(
  tx: Transaction,
  { postId, parentId, email }: SubmitComment,
): Promise<void> {
  const found = await tx.sql<Place>(
    `select id, parent_id as "parentId", kind = 'post' as "isPost" from nodes
     where id = any ($1::uuid[]) and status = 'published' and kind in ('post', 'comment')`,
    [[postId, parentId ?? postId]],
  );
  if (!found.some(({ id, isPost }) => id === postId && isPost)) {
    throw new NotFound("post", postId);
  }
  const issues = [];
  if (parentId && !found.some((place) => place.id === parentId && place.parentId === postId)) {
    issues.push({ path: ["parentId"], message: "is not a comment on the post itself" });
  }
  if (!email && writerOf(tx) === null) {
    issues.push({ path: ["email"], message: "must be given by who is not signed in" });
  }
  if (issues.length > 0) throw new BadUserInput(issues);
}
