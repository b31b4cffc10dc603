import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { importWordpress } from "#modules/import";
import { seedDemo } from "#modules/seed";
import { settled, startBackground } from "#test/background";
import { installation } from "#test/installation";
import { server } from "#test/server";

const { anEditor } = await installation();
const client = await server();
await startBackground();

const blog = fileURLToPath(new URL("../modules/import/fixtures/blog.xml", import.meta.url));

test("an imported site has its posts, discussions and pages where readers look for them", async () => {
  const { tenant, ...ctx } = await anEditor();
  await importWordpress({ tenant, ...ctx }, blog);
  await settled();
  const { data } = await client.graphql<{ posts: { edges: { node: { id: string } }[] } }>(
    tenant,
    `{ posts { edges { node { id slug commentCount author { handle } } } }
       blogAuthors { handle postCount }
       pageTree { path children { path children { path } } } }`,
  );
  const id = data.posts.edges[0]?.node.id;
  expect(data).toEqual({
    posts: {
      edges: [
        { node: { id, slug: "firing-at-night", commentCount: 3, author: { handle: "mira" } } },
      ],
    },
    blogAuthors: [{ handle: "mira", postCount: 1 }],
    pageTree: [
      {
        path: "/contact-21",
        children: [
          {
            path: "/contact-21/branch",
            children: [{ path: "/contact-21/branch/contact" }],
          },
        ],
      },
    ],
  });
  const discussion = await client.graphql<{ comments: { edges: { node: unknown }[] } }>(
    tenant,
    `query ($id: Id!) { comments(postId: $id) {
       edges { node { authorName authorUrl answers { authorName } } } } }`,
    { id },
  );
  expect(discussion.data.comments.edges.map(({ node }) => node)).toEqual([
    { authorName: "Ada", authorUrl: "https://ada.example", answers: [{ authorName: "Jo" }] },
    { authorName: "", authorUrl: null, answers: [] },
  ]);
});

test("the articles of the demo shop are the posts of its blog", async () => {
  const ctx = await anEditor();
  await seedDemo(ctx);
  await settled();
  const { data } = await client.graphql(
    ctx.tenant,
    `{ posts(locale: "de", first: 1) { totalCount edges { node { locale title } } }
       blogAuthors(locale: "de") { postCount } }`,
  );
  expect(data).toMatchObject({
    posts: { totalCount: 20, edges: [{ node: { locale: "de" } }] },
    blogAuthors: [{}, {}, {}, {}],
  });
});
