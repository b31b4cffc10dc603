import { describe, expect, test } from "vitest";
import { BadUserInput, Conflict, NotFound } from "#kernel/errors";
import { newId } from "#kernel/ids";
import { nodes } from "#modules/content";
import { eventsOf, installation } from "#test/installation";
import { aCategory, aNode, anAuthor, aTag, english, nodesOf, rowsOf } from "./a-node.ts";

const { anEditor, owner } = await installation();

describe("a new node", () => {
  test("is on record whole, with its event", async () => {
    const editor = await anEditor();
    const author = await anAuthor(editor);
    const [categoryId, tagId] = [await aCategory(editor, "news"), await aTag(editor, "fresh")];
    const node = await aNode(editor, {
      authorId: author.id,
      fields: { hero: { image: "/a.jpg" } },
      position: 3,
      translations: [
        english("hello", {
          excerpt: "Short",
          body: { format: "markdown", source: "*Hi*\n" },
        }),
        { locale: "de", slug: "hallo", title: "", seoTitle: "Hallo!" },
      ],
      categoryIds: [categoryId],
      tagIds: [tagId],
    });

    const { rows } = await owner.query(
      `select kind, status, author_id, parent_id, fields, position, revision::int, published_at, created_at
       from nodes where id = $1`,
      [node.id],
    );
    expect(rows).toEqual([
      {
        kind: "post",
        status: "draft",
        author_id: author.id,
        parent_id: null,
        fields: { hero: { image: "/a.jpg" } },
        position: 3,
        revision: 1,
        published_at: null,
        created_at: node.createdAt,
      },
    ]);
    const text = { kind: "post", excerpt: null, seo_title: null, seo_description: null };
    expect(await rowsOf(node.id)).toEqual({
      node_translations: [
        { ...text, locale: "de", slug: "hallo", title: "", seo_title: "Hallo!" },
        { ...text, locale: "en", slug: "hello", title: "Hello", excerpt: "Short" },
      ],
      bodies: [
        { locale: "en", format: "markdown", source: "*Hi*\n", html: "<p><em>Hi</em></p>\n" },
      ],
      node_categories: [{ category_id: categoryId }],
      node_tags: [{ tag_id: tagId }],
    });
    expect((await eventsOf(editor)).at(-1)).toEqual({
      type: "node.created",
      payload: { nodeId: node.id, kind: "post", revision: 1 },
    });
  });

  test("may be published at once, and says so", async () => {
    const editor = await anEditor();
    const publishedAt = new Date("2009-05-01T12:00:00Z");
    const node = await aNode(editor, { status: "published", publishedAt });
    expect(node).toMatchObject({ status: "published", revision: 1, publishedAt });
    const payload = { nodeId: node.id, kind: "post", revision: 1 };
    expect(await eventsOf(editor)).toEqual([
      { type: "node.created", payload },
      { type: "node.published", payload },
    ]);
  });

  test.each([
    ["parentId", { parentId: newId() }],
    ["authorId", { authorId: newId() }],
    ["categoryId", { categoryIds: [newId()] }],
    ["tagId", { tagIds: [newId()] }],
  ])("with an unknown %s is refused, and nothing of it stays", async (field, unknown) => {
    const editor = await anEditor();
    await expect(aNode(editor, unknown)).rejects.toThrow(
      BadUserInput.at([field], "refers to something that does not exist"),
    );
    expect(await nodesOf(editor)).toEqual([]);
    expect(await eventsOf(editor)).toEqual([]);
  });

  test("cannot be in the shop's categories or carry the shop's tags", async () => {
    const editor = await anEditor();
    const categoryId = await aCategory(editor, "mugs", "product");
    const tagId = await aTag(editor, "sale", "product");
    await expect(aNode(editor, { categoryIds: [categoryId] })).rejects.toThrow(BadUserInput);
    await expect(aNode(editor, { tagIds: [tagId] })).rejects.toThrow(BadUserInput);
    expect(await nodesOf(editor)).toEqual([]);
  });

  test("cannot refer to what another tenant has", async () => {
    const stranger = await anEditor();
    const theirs = {
      parentId: (await aNode(stranger)).id,
      authorId: (await anAuthor(stranger)).id,
    };
    const editor = await anEditor();
    for (const [field, id] of Object.entries(theirs)) {
      await expect(aNode(editor, { [field]: id })).rejects.toThrow(BadUserInput);
    }
    expect(await nodesOf(editor)).toEqual([]);
    expect(await eventsOf(editor)).toEqual([]);
  });
});

describe("a slug", () => {
  test("that is taken is a conflict, and nothing of the second node stays", async () => {
    const editor = await anEditor();
    await aNode(editor, { translations: [english("hello")] });
    await expect(aNode(editor, { translations: [english("hello")] })).rejects.toThrow(
      new Conflict("The slug is already in use.", { field: "slug" }),
    );
    expect(await nodesOf(editor)).toHaveLength(1);
    expect(await eventsOf(editor)).toHaveLength(1);
  });

  test("may be used by another kind, in another locale and by another tenant", async () => {
    const editor = await anEditor();
    await aNode(editor, { translations: [english("hello")] });
    await aNode(editor, { kind: "page", translations: [english("hello")] });
    await aNode(editor, { translations: [{ ...english("hello"), locale: "de" }] });
    await aNode(await anEditor(), { translations: [english("hello")] });
    expect(await nodesOf(editor)).toHaveLength(3);
  });
});

describe("publishing", () => {
  test("dates a node the first time and never again", async () => {
    const editor = await anEditor();
    const { id } = await aNode(editor);
    const { publishedAt } = await nodes.publish(editor, { id });
    expect(publishedAt).toBeInstanceOf(Date);
    expect(await nodes.unpublish(editor, { id })).toMatchObject({ status: "draft", publishedAt });
    expect(await nodes.publish(editor, { id })).toMatchObject({ revision: 4, publishedAt });
    expect((await eventsOf(editor)).map(({ type }) => type)).toEqual([
      "node.created",
      "node.published",
      "node.unpublished",
      "node.published",
    ]);
  });

  test("what is published, or unpublishing a draft, changes nothing and says nothing", async () => {
    const editor = await anEditor();
    const draft = await aNode(editor);
    const published = await aNode(editor, { status: "published" });
    await nodes.unpublish(editor, { id: draft.id });
    await nodes.publish(editor, { id: published.id });
    expect(await nodesOf(editor)).toMatchObject([
      { status: "draft", revision: 1 },
      { status: "published", revision: 1 },
    ]);
    expect(await eventsOf(editor)).toHaveLength(3);
  });
});

test("another tenant's node is not there, whatever one wants of it", async () => {
  const { id } = await aNode(await anEditor());
  const stranger = await anEditor();
  const absent = new NotFound("node", id);
  await expect(nodes.update(stranger, { id, position: 3 })).rejects.toThrow(absent);
  await expect(nodes.publish(stranger, { id })).rejects.toThrow(absent);
  await expect(nodes.unpublish(stranger, { id })).rejects.toThrow(absent);
  await expect(nodes.remove(stranger, { id })).rejects.toThrow(absent);
  expect(await eventsOf(stranger)).toEqual([]);
  const { rows } = await owner.query("select position, status from nodes where id = $1", [id]);
  expect(rows).toEqual([{ position: 0, status: "draft" }]);
});
