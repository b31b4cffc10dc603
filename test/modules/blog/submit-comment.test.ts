import { describe, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { BadUserInput, NotFound, RateLimited } from "#kernel/errors";
import { newId } from "#kernel/ids";
import { comments, submitComment } from "#modules/blog";
import { nodes } from "#modules/content";
import { eventsOf, installation } from "#test/installation";
import { server } from "#test/server";
import { aNode } from "../content/a-node.ts";
import { aBlog, anApproved, aPost, written } from "./a-blog.ts";

const { owner } = await installation();

async function commentsOf({ tenant }: RequestContext) {
  const { rows } = await owner.query(
    `select status, author_name as name, author_url as url, email, html
     from moderated_comments where tenant_id = $1 order by id`,
    [tenant.id],
  );
  return rows;
}

const anEmpty = { comments: [], events: ["node.created", "node.published"] };
const left = async (ctx: RequestContext) => ({
  comments: await commentsOf(ctx),
  events: (await eventsOf(ctx)).map(({ type }) => type),
});

test("a guest's comment waits for approval, and is an event", async () => {
  const { editor, guest } = await aBlog();
  const postId = await aPost(editor);
  const given = written(postId, { url: "https://jo.example", email: "jo@example.com" });
  const { id, status } = await comments.submit(guest, given);
  expect(status).toBe("pending");
  expect(await commentsOf(editor)).toEqual([
    {
      status: "pending",
      name: "Jo",
      url: "https://jo.example/",
      email: "jo@example.com",
      html: "<p>Well said.</p>",
    },
  ]);
  expect((await eventsOf(editor)).slice(2)).toEqual([
    { type: "node.created", payload: { nodeId: id, kind: "comment", revision: 1 } },
    {
      type: "comment.submitted",
      payload: { commentId: id, postId, status: "pending", revision: 1 },
    },
  ]);
});

test("where comments are open it is shown at once; so is a moderator's anywhere", async () => {
  const open = await aBlog({ comments: "open" });
  const there = await aPost(open.editor);
  expect(await comments.submit(open.guest, written(there))).toMatchObject({ status: "approved" });

  const { editor } = await aBlog();
  const here = await aPost(editor);
  const byModerator = submitComment.parse({ postId: here, name: "Ed", text: "Thanks." });
  expect(await comments.submit(editor, byModerator)).toMatchObject({ status: "approved" });
});

test("the text is Markdown without HTML and pictures; links gain nothing", async () => {
  const { editor, guest } = await aBlog();
  const postId = await aPost(editor);
  const text =
    "**Bold** <script>alert(1)</script>\n\n# Big\n\n![x](https://spy.example/x.png) [a](javascript:alert(1)) [b](https://b.example)";
  await comments.submit(guest, written(postId, { text }));
  expect(await commentsOf(editor)).toMatchObject([
    {
      html: [
        "<p><strong>Bold</strong> &lt;script&gt;alert(1)&lt;/script&gt;</p>",
        "Big",
        '<p> [a](javascript:alert(1)) <a href="https://b.example" rel="nofollow ugc noopener">b</a></p>',
      ].join("\n"),
    },
  ]);
});

describe("refused, and nothing kept, is a comment", () => {
  test("where comments are closed", async () => {
    const { editor, guest } = await aBlog({ comments: "closed" });
    const given = written(await aPost(editor));
    await expect(comments.submit(guest, given)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await left(editor)).toEqual(anEmpty);
  });

  test("on a post that nobody sees, or that is none, or another tenant's", async () => {
    const { editor, guest } = await aBlog();
    const draft = (await aNode(editor)).id;
    const page = (await aNode(editor, { kind: "page", status: "published" })).id;
    const elsewhere = await aPost((await aBlog()).editor);
    for (const postId of [draft, page, elsewhere]) {
      await expect(comments.submit(guest, written(postId))).rejects.toThrow(
        new NotFound("post", postId),
      );
    }
    expect(await commentsOf(editor)).toEqual([]);
  });

  test("that answers what waits, an answer, or a comment on another post; and of a guest without address", async () => {
    const blog = await aBlog();
    const { editor, guest } = blog;
    const [postId, otherPost] = [await aPost(editor), await aPost(editor)];
    const approved = await anApproved(blog, postId);
    const answer = await anApproved(blog, postId, { parentId: approved });
    const waiting = (await comments.submit(guest, written(postId))).id;
    const onOther = await anApproved(blog, otherPost);
    const before = await left(editor);
    for (const parentId of [answer, waiting, onOther, otherPost]) {
      await expect(
        comments.submit(guest, written(postId, { parentId, email: null })),
      ).rejects.toThrow(
        new BadUserInput([
          { path: ["parentId"], message: "is not a comment on the post itself" },
          { path: ["email"], message: "must be given by who is not signed in" },
        ]),
      );
    }
    expect(await left(editor)).toEqual(before);
  });
});

describe("too many are refused", () => {
  test("of one address of mail, in any case, and of one person, though all at once", async () => {
    const { editor, guest } = await aBlog();
    const postId = await aPost(editor);
    const emails = ["jo@example.com", "JO@example.com"];
    const many = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) =>
        comments.submit(guest, written(postId, { email: emails[n % 2] })),
      ),
    );
    const refused = many.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(3);
    expect(refused).toMatchObject(refused.map(() => ({ reason: expect.any(RateLimited) })));
    expect(await commentsOf(editor)).toHaveLength(5);

    for (let n = 0; n < 5; n += 1) await comments.submit(editor, written(postId));
    await expect(comments.submit(editor, written(postId))).rejects.toThrow(RateLimited);
  });

  test("from one network address, whoever writes", async () => {
    const { editor, guest } = await aBlog();
    const postId = await aPost(editor);
    const from = (address: string) => ({ ...guest, origin: { address, userAgent: undefined } });
    for (let n = 0; n < 15; n += 1) await comments.submit(from("192.0.2.1"), written(postId));
    await expect(comments.submit(from("192.0.2.1"), written(postId))).rejects.toThrow(RateLimited);
    await comments.submit(from("192.0.2.2"), written(postId));
  });

  test("of all guests together; who signed in still may; ten minutes later all may", async () => {
    const { editor, guest } = await aBlog();
    const postId = await aPost(editor);
    const id = (await comments.submit(guest, written(postId))).id;
    await owner.query(
      `with made as (
         insert into nodes (id, tenant_id, kind)
         select gen_random_uuid(), tenant_id, 'comment' from nodes, generate_series(1, 99) where id = $1
         returning tenant_id, id)
       insert into blog_comments (tenant_id, comment_id, email)
       select tenant_id, id, id || '@example.com' from made`,
      [id],
    );
    await expect(comments.submit(guest, written(postId))).rejects.toThrow(RateLimited);
    await comments.submit(editor, written(postId));
    await owner.query(
      "update blog_comments set created_at = now() - interval '10 minutes' where tenant_id = $1",
      [editor.tenant.id],
    );
    await comments.submit(guest, written(postId));
  });
});

test("where it came from is forgotten after a day", async () => {
  const { editor, guest } = await aBlog();
  const postId = await aPost(editor);
  const from = { ...guest, origin: { address: "192.0.2.1", userAgent: undefined } };
  const old = (await comments.submit(from, written(postId))).id;
  await comments.submit(from, written(postId));
  await owner.query(
    "update blog_comments set created_at = now() - interval '25 hours' where comment_id = $1",
    [old],
  );
  await comments.forgetAddresses(editor);
  const { rows } = await owner.query(
    "select address from blog_comments where tenant_id = $1 order by created_at",
    [editor.tenant.id],
  );
  expect(rows).toEqual([{ address: null }, { address: "192.0.2.1" }]);
  const kept = await owner.query(
    `select distinct action, address, user_agent from audit_log
     where tenant_id = $1 and actor_kind = 'anonymous' order by action`,
    [editor.tenant.id],
  );
  expect(kept.rows).toEqual([
    { action: "comment.submitted", address: null, user_agent: null },
    { action: "node.created", address: null, user_agent: null },
  ]);
});

test("what is deleted takes the writer's address of mail with it", async () => {
  const { editor, guest } = await aBlog();
  const { id } = await comments.submit(guest, written(await aPost(editor)));
  await comments.remove(editor, { id });
  expect(await commentsOf(editor)).toEqual([]);
  const { rowCount } = await owner.query("select from blog_comments where comment_id = $1", [id]);
  expect(rowCount).toBe(0);
});

test("neither moderating nor deleting takes anything but a comment", async () => {
  const { editor } = await aBlog();
  const id = await aPost(editor);
  await expect(comments.remove(editor, { id })).rejects.toThrow(new NotFound("comment", id));
  await expect(comments.moderate(editor, { id, status: "spam" })).rejects.toThrow(
    new NotFound("comment", id),
  );
  await expect(nodes.publish(editor, { id, revision: 1 })).resolves.toMatchObject({ revision: 1 });
});

test("the addresses of who comments take a permission of their own, to see and to search for", async () => {
  const { editor, guest } = await aBlog();
  const postId = await aPost(editor);
  await comments.submit(guest, written(postId, { email: "jo@example.com" }));
  const client = await server();
  const ask = async (permissions: string[], args = "") => {
    const actor = { kind: "user", userId: newId(), sessionId: newId() } as const;
    const ctx = { ...editor, actor: { ...actor, permissions: new Set(permissions) } };
    const query = `{ adminComments${args} { edges { node { authorName email } } } }`;
    return client.graphql(editor.tenant, query, {}, await client.tokenFor(ctx));
  };
  const search = `(filter: { email: { eq: "jo@example.com" } })`;
  const seen = (email: string | null) => ({
    adminComments: { edges: [{ node: { authorName: "Jo", email } }] },
  });
  const refused = [{ extensions: { code: "FORBIDDEN", permission: "blog:read-email" } }];
  expect(await ask(["blog:moderate"])).toMatchObject({ data: seen(null), errors: refused });
  expect(await ask(["blog:moderate"], search)).toMatchObject({ errors: refused });
  expect((await ask(["blog:moderate", "blog:read-email"], search)).data).toEqual(
    seen("jo@example.com"),
  );
});
