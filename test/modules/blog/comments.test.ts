import { expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { StaleRevision } from "#kernel/errors";
import { comments, refreshAllComments, refreshComments, verifyComments } from "#modules/blog";
import { nodes } from "#modules/content";
import { eventsOf, installation } from "#test/installation";
import { holdRows, untilWaiting } from "#test/held-rows";
import { server } from "#test/server";
import { aNode } from "../content/a-node.ts";
import { aBlog, anApproved, aPost, hide, projected, written } from "./a-blog.ts";

const { owner } = await installation();
const client = await server();

interface Shown {
  comments: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    edges: { node: { id: string; html: string; answers: { id: string }[] } }[];
  };
}

const query = `query ($postId: Id!, $first: Int = 20, $after: String, $sort: CommentSort) {
  comments(postId: $postId, first: $first, after: $after, sort: $sort) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { id html answers { id } } }
  }
}`;

async function shown({ tenant }: RequestContext, postId: string, more = {}) {
  const { data, errors } = await client.graphql<Shown>(tenant, query, { postId, ...more });
  expect(errors).toBeUndefined();
  return data.comments;
}

/** Each comment with its answers, by id. */
const threads = async (ctx: RequestContext, postId: string, more = {}) =>
  (await shown(ctx, postId, more)).edges.map(({ node }) => [
    node.id,
    ...node.answers.map(({ id }) => id),
  ]);

const differences = (ctx: RequestContext) => Array.fromAsync(verifyComments(ctx));

test("readers see what is approved, in threads, page by page", async () => {
  const blog = await aBlog();
  const { editor, guest } = blog;
  const postId = await aPost(editor);
  const first = await anApproved(blog, postId);
  const second = await anApproved(blog, postId);
  const waiting = (await comments.submit(guest, written(postId))).id;
  const answers = [
    await anApproved(blog, postId, { parentId: first }),
    await anApproved(blog, postId, { parentId: first }),
  ];
  await refreshComments(editor, [first, second, waiting, ...answers]);
  expect(await threads(editor, postId)).toEqual([[first, ...answers], [second]]);
  expect(await threads(editor, postId, { sort: "NEWEST" })).toEqual([
    [second],
    [first, ...answers],
  ]);
  const page = await shown(editor, postId, { first: 1 });
  expect([page.totalCount, page.pageInfo.hasNextPage]).toEqual([2, true]);
  const after = page.pageInfo.endCursor;
  expect(await threads(editor, postId, { first: 1, after })).toEqual([[second]]);
});

test("a verdict shows or hides a comment with all below it, and is an event", async () => {
  const blog = await aBlog();
  const { editor } = blog;
  const postId = await aPost(editor);
  const top = await anApproved(blog, postId);
  const answer = await anApproved(blog, postId, { parentId: top });
  await refreshComments(editor, [top, answer]);
  const before = (await eventsOf(editor)).length;

  const spam = await comments.moderate(editor, { id: top, status: "spam" });
  await refreshComments(editor, [top]);
  expect(await threads(editor, postId)).toEqual([]);
  await comments.moderate(editor, { id: top, status: "spam" });
  await comments.moderate(editor, { id: top, status: "rejected", revision: spam.revision });
  await expect(
    comments.moderate(editor, { id: top, status: "approved", revision: 1 }),
  ).rejects.toThrow(StaleRevision);
  await comments.moderate(editor, { id: top, status: "approved" });
  await refreshComments(editor, [top]);
  expect(await threads(editor, postId)).toEqual([[top, answer]]);
  expect(
    (await eventsOf(editor))
      .slice(before)
      .filter(({ type }) => type === "comment.moderated")
      .map(({ payload }) => (payload as { status: string }).status),
  ).toEqual(["spam", "rejected", "approved"]);
  expect(await differences(editor)).toEqual([]);
});

test("with its post a discussion is hidden, and comes back", async () => {
  const blog = await aBlog();
  const { editor } = blog;
  const postId = await aPost(editor);
  const comment = await anApproved(blog, postId);
  await refreshComments(editor, [comment]);
  await hide(editor, postId);
  await refreshComments(editor, [postId]);
  expect(await threads(editor, postId)).toEqual([]);
  await nodes.publish(editor, { id: postId });
  await refreshComments(editor, [postId]);
  expect(await threads(editor, postId)).toEqual([[comment]]);
});

test("answers to answers, as imports have them, are in the thread they belong to", async () => {
  const { editor } = await aBlog();
  const postId = await aPost(editor);
  const below = async (parentId: string) =>
    (await aNode(editor, { kind: "comment", status: "published", parentId })).id;
  const top = await below(postId);
  const answer = await below(top);
  const deep = await below(answer);
  await refreshAllComments(editor);
  expect(await threads(editor, postId)).toEqual([[top, answer, deep]]);
  await hide(editor, answer);
  await refreshComments(editor, [answer]);
  expect(await threads(editor, postId)).toEqual([[top]]);
});

test("projections in any order, twice and at once, end with what the source says", async () => {
  const blog = await aBlog({ comments: "open" });
  const { editor } = blog;
  const postId = await aPost(editor);
  const made = [];
  for (let n = 0; n < 5; n += 1) made.push(await anApproved(blog, postId));
  const work = made.flatMap((id, n) => [
    n % 2 ? hide(editor, id) : comments.remove(editor, { id }),
    refreshComments(editor, [id]),
    refreshComments(editor, [postId, id]),
    refreshAllComments(editor),
  ]);
  await Promise.all(work);
  await refreshAllComments(editor);
  expect(await differences(editor)).toEqual([]);
  expect(await threads(editor, postId)).toEqual([]);
});

test("a projection that was held up does not write what it read over what another read later", async () => {
  const blog = await aBlog();
  const { editor } = blog;
  const postId = await aPost(editor);
  const [first, second] = [await anApproved(blog, postId), await anApproved(blog, postId)];
  await refreshComments(editor, [first, second]);
  const rename = (id: string, authorName: string) =>
    nodes.update(editor, { id, fields: { authorName } });
  await rename(first, "Early");
  await rename(second, "Early");

  const release = await holdRows("select from index_comments where comment_id = $1 for update", [
    first,
  ]);
  const heldUp = refreshComments(editor, [first, second]);
  await untilWaiting(1, heldUp);
  await rename(second, "Late");
  const later = refreshComments(editor, [second]);
  await untilWaiting(2, later);
  await release();
  await Promise.all([heldUp, later]);
  expect(await differences(editor)).toEqual([]);
});

test("the control: what nobody has projected is found", async () => {
  const blog = await aBlog();
  const { editor } = blog;
  const postId = await aPost(editor);
  const [missing, stale, orphaned] = [
    await anApproved(blog, postId),
    await anApproved(blog, postId),
    await anApproved(blog, postId),
  ];
  await refreshComments(editor, [stale, orphaned]);
  await owner.query("update index_comments set doc = '{}' where comment_id = $1", [stale]);
  await hide(editor, orphaned);
  expect(new Map((await differences(editor)).map(({ id, reason }) => [id, reason]))).toEqual(
    new Map([
      [missing, "missing"],
      [stale, "stale"],
      [orphaned, "orphaned"],
    ]),
  );
});

test("posts are listed with how many comments each has", async () => {
  const blog = await aBlog();
  const { editor } = blog;
  const one = await aPost(editor, "one");
  const other = await aPost(editor, "other");
  const top = await anApproved(blog, one);
  const answer = await anApproved(blog, one, { parentId: top });
  await refreshComments(editor, [top, answer]);
  await projected(editor, [one, other, top, answer]);
  const { data } = await client.graphql(
    editor.tenant,
    `{ posts(sort: TITLE) { totalCount edges { node { slug commentCount } } }
       post(slug: "one") { title commentCount } none: post(slug: "none") { id } }`,
  );
  expect(data).toEqual({
    posts: {
      totalCount: 2,
      edges: [
        { node: { slug: "one", commentCount: 2 } },
        { node: { slug: "other", commentCount: 0 } },
      ],
    },
    post: { title: "Hello", commentCount: 2 },
    none: null,
  });
});
