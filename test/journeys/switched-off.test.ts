import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { verifyComments } from "#modules/blog";
import { nodes } from "#modules/content";
import { verify } from "#modules/index";
import { verifyPages } from "#modules/pages";
import { settled, startBackground } from "#test/background";
import { installation } from "#test/installation";
import { server } from "#test/server";
import { aNode, english } from "../modules/content/a-node.ts";

/** A tenant that switches its blog off, edits all sorts of things meanwhile, and switches it on again. */

const postCount = 1_000;

const { anEditor, owner } = await installation();
const client = await server();
await startBackground();

let editor: RequestContext;
let token: string;
let posts: string[];
let comments: string[];

beforeAll(async () => {
  editor = await anEditor();
  token = await client.tokenFor(editor);
  posts = [];
  for (let batch = 0; batch < postCount / 100; batch += 1) {
    posts.push(...(await inTransaction(editor, (tx) => somePosts(tx, batch))));
  }
  const discussed = posts.filter((_, n) => n % 10 === 0);
  comments = await inTransaction(editor, (tx) =>
    Promise.all(discussed.map((postId) => aComment(tx, postId))),
  );
  await settled(60_000);
}, 90_000);

const somePosts = (tx: RequestContext, batch: number) =>
  Promise.all(
    Array.from({ length: 100 }, async (_, n) => {
      const translations = [english(`post-${batch}-${n}`)];
      return (await aNode(tx, { status: "published", translations })).id;
    }),
  );

const aComment = async (ctx: RequestContext, parentId: string) =>
  (await aNode(ctx, { kind: "comment", status: "published", parentId })).id;

const turn = async (how: "enable" | "disable", module: string) => {
  const { errors } = await client.graphql(
    editor.tenant,
    `mutation ($input: ModuleKeyInput!) { ${how}Module(input: $input) { enabled } }`,
    { input: { module } },
    token,
  );
  expect(errors).toBeUndefined();
};

async function codesOf(query: string): Promise<unknown[]> {
  const { errors = [] } = await client.graphql(editor.tenant, query);
  return errors.map(({ extensions }) => extensions["code"]);
}

/** Where what readers see differs from its source. */
const differences = async () => [
  ...(await Array.fromAsync(verify(editor))),
  ...(await Array.fromAsync(verifyComments(editor))),
  ...(await Array.fromAsync(verifyPages(editor))),
];

const jobsDone = async (job: string) => {
  const { rows } = await owner.query<{ jobs: number }>(
    "select count(*)::int as jobs from event_jobs where tenant_id = $1 and job = $2",
    [editor.tenant.id, job],
  );
  return rows[0]?.jobs;
};

const commentsOf = async (postId: string) => {
  const { data } = await client.graphql<{ comments: { edges: { node: { id: string } }[] } }>(
    editor.tenant,
    "query ($postId: Id!) { comments(postId: $postId) { edges { node { id } } } }",
    { postId },
  );
  return data.comments.edges.map(({ node }) => node.id);
};

test("a blog of a thousand posts that was off while it was edited shows, on again, what its source says", async () => {
  expect(await differences()).toEqual([]);
  expect(await commentsOf(posts[0] ?? "")).toEqual([comments[0]]);

  await turn("disable", "blog");
  expect(await codesOf(`{ post(slug: "post-0-0") { id } }`)).toEqual(["MODULE_DISABLED"]);
  const feed = { headers: { "x-tenant-id": editor.tenant.id } };
  expect((await client.fetch("/api/v1/blog/rss", feed)).status).toBe(403);
  expect(await codesOf(`{ node(kind: "post", slug: "post-0-0") { id } }`)).toEqual([]);

  const [before, alsoBefore] = [await jobsDone("index-comments"), await jobsDone("index-content")];
  const [hidden = "", gone = "", renamed = "", busy = ""] = [0, 10, 20, 30].map((n) => posts[n]);
  await nodes.unpublish(editor, { id: hidden });
  await nodes.remove(editor, { id: gone });
  await nodes.update(editor, { id: renamed, translations: [english("renamed")] });
  await nodes.unpublish(editor, { id: comments[3] ?? "" });
  const added = await aComment(editor, busy);
  const below = await aComment(editor, added);
  await settled();

  // The blog has heard of nothing; what is not the blog's has followed.
  expect(await jobsDone("index-comments")).toBe(before);
  expect(await jobsDone("index-content")).toBeGreaterThan(alsoBefore ?? 0);
  expect((await differences()).map(({ kind, reason }) => `${reason} ${kind}`).toSorted()).toEqual([
    "missing comment",
    "missing comment",
    "orphaned comment",
    "orphaned comment",
    "orphaned comment",
  ]);

  await turn("enable", "blog");
  await settled();
  expect(await differences()).toEqual([]);
  expect([await commentsOf(hidden), await commentsOf(busy)]).toEqual([[], [added]]);
  expect(await codesOf(`{ post(slug: "renamed") { id } }`)).toEqual([]);

  // From here on it hears again.
  await nodes.unpublish(editor, { id: below });
  await nodes.publish(editor, { id: hidden });
  await settled();
  expect(await differences()).toEqual([]);
  expect(await commentsOf(hidden)).toEqual([comments[0]]);
}, 90_000);

test("a page that moved meanwhile is led to from where it was", async () => {
  const page = await aNode(editor, {
    kind: "page",
    status: "published",
    translations: [english("about")],
  });
  await settled();
  await turn("disable", "pages");
  await nodes.update(editor, { id: page.id, translations: [english("company")] });
  await settled();
  expect(await codesOf(`{ page(path: "/about") { moved } }`)).toEqual(["MODULE_DISABLED"]);
  await turn("enable", "pages");
  await settled();
  const { data } = await client.graphql(
    editor.tenant,
    `{ page(path: "/about") { moved page { path } } }`,
  );
  expect(data).toEqual({ page: { moved: true, page: { path: "/company" } } });
  expect(await differences()).toEqual([]);
});

test("whoever still takes it for off asks the database before passing anything over", async () => {
  await turn("disable", "blog");
  const unheard = await aComment(editor, posts[40] ?? "");
  await settled();
  // By a hand in the database: nobody is told, and workers remember the tenant as it was.
  await owner.query(
    "update tenant_modules set enabled = true where tenant_id = $1 and module = 'blog'",
    [editor.tenant.id],
  );
  const heard = await aComment(editor, posts[40] ?? "");
  await settled();
  const { rows } = await owner.query<{ id: string }>(
    "select comment_id as id from index_comments where comment_id = any ($1)",
    [[unheard, heard]],
  );
  expect(rows).toEqual([{ id: heard }]);
});
