import { describe, expect, test } from "vitest";
import { Node } from "#entities/content/node";
import { inTransaction } from "#kernel/database/transaction";
import { Conflict } from "#kernel/errors";
import { nodes } from "#modules/content";
import { eventsOf, installation } from "#test/installation";
import { aCategory, aNode, aTag, english, nodesOf, rowsOf } from "./a-node.ts";
import { statementsOf } from "./statements.ts";

const { anEditor } = await installation();

describe("in one transaction", () => {
  test("a hundred nodes are created with a statement for each table", async () => {
    const editor = await anEditor();
    const [categoryId, tagId] = [await aCategory(editor, "news"), await aTag(editor, "fresh")];
    const statements = await statementsOf(() =>
      inTransaction(editor, async (tx) => {
        const root = await aNode(tx);
        for (let n = 1; n < 100; n += 1) {
          const body = { format: "markdown", source: `Number ${n}` };
          await aNode(tx, {
            parentId: root.id,
            status: "published",
            translations: [english(`number-${n}`, { body })],
            categoryIds: [categoryId],
            tagIds: [tagId],
          });
        }
      }),
    );
    expect(await nodesOf(editor)).toHaveLength(100);
    expect([
      ...statements.slice(0, 3),
      ...statements.slice(3, -3).toSorted(),
      ...statements.slice(-3),
    ]).toEqual([
      "begin",
      "select set_config 'rustok.tenant',",
      "insert into nodes",
      "insert into bodies",
      "insert into node_categories",
      "insert into node_tags",
      "insert into node_translations",
      "with written as",
      "insert into audit_log",
      "commit",
    ]);
  });

  test("one bad node takes the others with it", async () => {
    const editor = await anEditor();
    const batch = inTransaction(editor, async (tx) => {
      await aNode(tx, { translations: [english("hello")] });
      await aNode(tx, { translations: [english("hello")] });
    });
    await expect(batch).rejects.toThrow(Conflict);
    expect(await nodesOf(editor)).toEqual([]);
    expect(await eventsOf(editor)).toEqual([]);
  });

  test("changes of one node build upon each other", async () => {
    const editor = await anEditor();
    const { id } = await aNode(editor, { translations: [english("hello", { excerpt: "Short" })] });
    await inTransaction(editor, async (tx) => {
      await nodes.update(tx, { id, position: 8 });
      await nodes.update(tx, { id, translations: [english("good-day")] });
      await nodes.publish(tx, { id, revision: 3 });
    });
    expect(await nodesOf(editor)).toEqual([{ id, status: "published", revision: 4, position: 8 }]);
    expect((await rowsOf(id))["node_translations"]).toMatchObject([
      { slug: "good-day", excerpt: "Short" },
    ]);
  });

  test("a change is made to the node as it is, not as it was when it was read before", async () => {
    const editor = await anEditor();
    const { id } = await aNode(editor, { translations: [english("hello")] });
    await inTransaction(editor, async (tx) => {
      await tx.em.findOneOrFail(Node, { id }, { populate: ["translations"] });
      await nodes.update(editor, { id, position: 5, translations: [english("good-day")] });
      await nodes.update(tx, { id, translations: [english("hello")] });
    });
    expect(await nodesOf(editor)).toEqual([{ id, status: "draft", revision: 3, position: 5 }]);
    expect((await rowsOf(id))["node_translations"]).toMatchObject([{ slug: "hello" }]);
  });
});
