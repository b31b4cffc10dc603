import { describe, expect, test } from "vitest";
import { Conflict, StaleRevision } from "#kernel/errors";
import { nodes } from "#modules/content";
import { eventsOf, installation } from "#test/installation";
import { aCategory, aNode, anAuthor, aTag, english, nodesOf, rowsOf } from "./a-node.ts";

const { anEditor, owner } = await installation();

describe("an update", () => {
  test("replaces the lists that are given and leaves what is left out", async () => {
    const editor = await anEditor();
    const [news, notes, tips] = [
      await aCategory(editor, "news"),
      await aCategory(editor, "notes"),
      await aCategory(editor, "tips"),
    ];
    const tag = await aTag(editor, "fresh");
    const node = await aNode(editor, {
      fields: { a: 1, b: 2 },
      translations: [
        english("hello", { excerpt: "Short", body: { format: "html", source: "<p>Hi</p>" } }),
        { locale: "de", slug: "hallo", title: "Hallo", body: { format: "html", source: "x" } },
      ],
      categoryIds: [news, notes],
      tagIds: [tag],
    });
    const updated = await nodes.update(editor, {
      id: node.id,
      revision: 1,
      fields: { a: 3 },
      translations: [{ ...english("hello"), title: "Good morning" }],
      categoryIds: [notes, tips],
    });

    expect(updated).toMatchObject({ revision: 2, fields: { a: 3 }, kind: "post" });
    expect(await rowsOf(node.id)).toEqual({
      node_translations: [
        {
          kind: "post",
          locale: "en",
          slug: "hello",
          title: "Good morning",
          excerpt: "Short",
          seo_title: null,
          seo_description: null,
        },
      ],
      bodies: [{ locale: "en", format: "html", source: "<p>Hi</p>", html: "<p>Hi</p>" }],
      node_categories: [{ category_id: notes }, { category_id: tips }],
      node_tags: [{ tag_id: tag }],
    });
    expect((await eventsOf(editor)).at(-1)).toEqual({
      type: "node.updated",
      payload: { nodeId: node.id, kind: "post", revision: 2 },
    });
  });

  test("writes a body over, and a first one where there was none", async () => {
    const editor = await anEditor();
    const node = await aNode(editor, {
      translations: [
        english("hello", { body: { format: "markdown", source: "*Hi*" } }),
        { locale: "de", slug: "hallo", title: "Hallo" },
      ],
    });
    await nodes.update(editor, {
      id: node.id,
      translations: [
        english("hello", { body: { format: "html", source: "<p>Hi<script>x</script></p>" } }),
        { locale: "de", slug: "hallo", title: "Hallo", body: { format: "markdown", source: "Na" } },
      ],
    });
    expect((await rowsOf(node.id))["bodies"]).toEqual([
      { locale: "de", format: "markdown", source: "Na", html: "<p>Na</p>\n" },
      { locale: "en", format: "html", source: "<p>Hi</p>", html: "<p>Hi</p>" },
    ]);
  });

  test("takes author, parent and excerpt away where it is given null", async () => {
    const editor = await anEditor();
    const [parent, author] = [await aNode(editor), await anAuthor(editor)];
    const node = await aNode(editor, {
      parentId: parent.id,
      authorId: author.id,
      translations: [english("hello", { excerpt: "Short" })],
    });
    await nodes.update(editor, {
      id: node.id,
      parentId: null,
      authorId: null,
      translations: [english("hello", { excerpt: null })],
    });
    const { rows } = await owner.query("select parent_id, author_id from nodes where id = $1", [
      node.id,
    ]);
    expect(rows).toEqual([{ parent_id: null, author_id: null }]);
    expect((await rowsOf(node.id))["node_translations"]).toMatchObject([{ excerpt: null }]);
  });

  test("that changes nothing raises no revision and leaves no event", async () => {
    const editor = await anEditor();
    const node = await aNode(editor, { fields: { a: [1] }, position: 2 });
    const [translation] = node.translations;
    await nodes.update(editor, {
      id: node.id,
      fields: { a: [1] },
      position: 2,
      translations: [english(String(translation?.slug))],
      tagIds: [],
    });
    expect(await nodesOf(editor)).toMatchObject([{ revision: 1 }]);
    expect(await eventsOf(editor)).toHaveLength(1);
  });

  test("of a revision that is no more is refused and changes nothing", async () => {
    const editor = await anEditor();
    const { id } = await aNode(editor);
    await nodes.update(editor, { id, revision: 1, position: 5 });
    const stale = new StaleRevision("node", id, 1, 2);
    await expect(nodes.update(editor, { id, revision: 1, position: 9 })).rejects.toThrow(stale);
    await expect(nodes.publish(editor, { id, revision: 1 })).rejects.toThrow(stale);
    await expect(nodes.remove(editor, { id, revision: 1 })).rejects.toThrow(stale);
    expect(await nodesOf(editor)).toEqual([{ id, status: "draft", revision: 2, position: 5 }]);
    expect(await eventsOf(editor)).toHaveLength(2);
  });

  test("to a taken slug changes nothing at all", async () => {
    const editor = await anEditor();
    await aNode(editor, { translations: [english("taken")] });
    const node = await aNode(editor, { translations: [english("free")] });
    const change = { id: node.id, position: 7, translations: [english("taken")] };
    await expect(nodes.update(editor, change)).rejects.toThrow(Conflict);
    expect((await nodesOf(editor))[1]).toMatchObject({ position: 0, revision: 1 });
    expect((await rowsOf(node.id))["node_translations"]).toMatchObject([{ slug: "free" }]);
    expect(await eventsOf(editor)).toHaveLength(2);
  });

  test("of two at once, both are on record and each has its own revision", async () => {
    const editor = await anEditor();
    const { id } = await aNode(editor);
    await Promise.all([
      nodes.update(editor, { id, position: 4 }),
      nodes.update(editor, { id, fields: { b: 1 } }),
    ]);
    const { rows } = await owner.query(
      "select position, fields, revision::int from nodes where id = $1",
      [id],
    );
    expect(rows).toEqual([{ position: 4, fields: { b: 1 }, revision: 3 }]);
  });
});
