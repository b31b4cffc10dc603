import { expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { Conflict, NotFound, StaleRevision } from "#kernel/errors";
import { authors, createAuthor, updateAuthor } from "#modules/content";
import { eventsOf, installation } from "#test/installation";
import { aNode } from "./a-node.ts";

const { anEditor, owner } = await installation();

const ada = { handle: "ada", name: "Ada", bio: "Writes." };
const anAuthor = (ctx: RequestContext) => authors.create(ctx, createAuthor.parse(ada));

const authorsOf = async (ctx: RequestContext) =>
  (
    await owner.query(
      `select handle, name, bio, avatar_url, revision::int from authors where tenant_id = $1`,
      [ctx.tenant.id],
    )
  ).rows;

const sharedRevision = async ({ tenant }: RequestContext): Promise<number> =>
  (await owner.query("select shared_revision::int as n from tenants where id = $1", [tenant.id]))
    .rows[0]?.n;

const kept = { ...ada, avatar_url: null, revision: 1 };

test("a new author is on record with the event", async () => {
  const editor = await anEditor();
  const { id } = await anAuthor(editor);
  expect(await authorsOf(editor)).toEqual([kept]);
  expect(await eventsOf(editor)).toEqual([
    { type: "author.created", payload: { authorId: id, revision: 1 } },
  ]);
});

test("a taken handle is a conflict that leaves neither row nor event", async () => {
  const editor = await anEditor();
  await anAuthor(editor);
  await expect(anAuthor(editor)).rejects.toThrow(
    new Conflict("The handle is already in use.", { field: "handle" }),
  );
  await anAuthor(await anEditor());
  expect(await authorsOf(editor)).toEqual([kept]);
  expect(await eventsOf(editor)).toHaveLength(1);
});

test("a rename leaves the rest and raises both revisions: many documents show the name", async () => {
  const editor = await anEditor();
  const { id } = await anAuthor(editor);
  const before = await sharedRevision(editor);
  await authors.update(editor, { id, revision: 1, name: "Ada L." });
  expect(await authorsOf(editor)).toEqual([{ ...kept, name: "Ada L.", revision: 2 }]);
  expect(await sharedRevision(editor)).toBe(before + 1);
  expect((await eventsOf(editor)).at(-1)).toEqual({
    type: "author.updated",
    payload: { authorId: id, revision: 2 },
  });
});

test("a stale revision is refused and changes nothing", async () => {
  const editor = await anEditor();
  const { id } = await anAuthor(editor);
  await authors.update(editor, { id, revision: 1, name: "Ada L." });
  const before = await sharedRevision(editor);
  const stale = new StaleRevision("author", id, 1, 2);
  await expect(authors.update(editor, { id, revision: 1, bio: null })).rejects.toThrow(stale);
  await expect(authors.remove(editor, { id, revision: 1 })).rejects.toThrow(stale);
  expect(await authorsOf(editor)).toEqual([{ ...kept, name: "Ada L.", revision: 2 }]);
  expect(await sharedRevision(editor)).toBe(before);
  expect(await eventsOf(editor)).toHaveLength(2);
});

test("an author of a node stays; of none, leaves a tombstone and an event", async () => {
  const editor = await anEditor();
  const { id } = await anAuthor(editor);
  const idle = await authors.create(editor, createAuthor.parse({ handle: "bob", name: "Bob" }));
  await aNode(editor, { authorId: id });
  await expect(authors.remove(editor, { id })).rejects.toThrow(
    new Conflict("Something in nodes still refers to it.", { by: "nodes" }),
  );
  await authors.remove(editor, { id: idle.id });
  expect(await authorsOf(editor)).toEqual([kept]);
  const { rows } = await owner.query(
    "select aggregate_id, kind, revision::int from tombstones where tenant_id = $1",
    [editor.tenant.id],
  );
  expect(rows).toEqual([{ aggregate_id: idle.id, kind: "author", revision: 2 }]);
  expect((await eventsOf(editor)).filter(({ type }) => type === "author.deleted")).toEqual([
    { type: "author.deleted", payload: { authorId: idle.id, revision: 2 } },
  ]);
});

test("another tenant's author is not there", async () => {
  const editor = await anEditor();
  const { id } = await anAuthor(editor);
  const stranger = await anEditor();
  await expect(authors.update(stranger, { id, name: "Eve" })).rejects.toThrow(NotFound);
  await expect(authors.remove(stranger, { id })).rejects.toThrow(NotFound);
  expect(await authorsOf(editor)).toEqual([kept]);
  expect(await eventsOf(stranger)).toEqual([]);
});

test.each([
  "javascript:alert(1)",
  "ftp://example.com/a.jpg",
  "/a.jpg",
  `https://e.com/${"a".repeat(2_000)}`,
])("a picture at %s is refused", (avatarUrl) => {
  expect(
    updateAuthor.safeParse({ id: "0190f5fe-7c3a-7000-8000-000000000001", avatarUrl }).error?.issues,
  ).toMatchObject([{ path: ["avatarUrl"] }]);
});

test("a picture's address is kept in its canonical spelling, which holds no NUL", () => {
  const { avatarUrl } = createAuthor.parse({ ...ada, avatarUrl: "HTTPS://Example.com/a\0.jpg" });
  expect(avatarUrl).toBe("https://example.com/a%00.jpg");
});
