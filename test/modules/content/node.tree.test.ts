import { describe, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { BadUserInput, Conflict } from "#kernel/errors";
import { nodes } from "#modules/content";
import { eventsOf, installation } from "#test/installation";
import { aNode, rowsOf } from "./a-node.ts";

const { anEditor, owner } = await installation();

const parentsOf = async (ctx: RequestContext) => {
  const { rows } = await owner.query<{ id: string; parent_id: string | null }>(
    "select id, parent_id from nodes where tenant_id = $1",
    [ctx.tenant.id],
  );
  return new Map(rows.map(({ id, parent_id }) => [id, parent_id]));
};

const aPage = async (ctx: RequestContext, parentId: string | null = null) =>
  (await aNode(ctx, { kind: "page", parentId })).id;

const aComment = async (ctx: RequestContext, parentId: string) =>
  (await aNode(ctx, { kind: "comment", status: "published", parentId })).id;

describe("a page", () => {
  test("cannot come to lie below itself", async () => {
    const editor = await anEditor();
    const top = await aPage(editor);
    const middle = await aPage(editor, top);
    const low = await aPage(editor, middle);
    for (const parentId of [top, middle, low]) {
      await expect(nodes.update(editor, { id: top, parentId })).rejects.toThrow(
        BadUserInput.at(["parentId"], "is the node itself or one below it"),
      );
    }
    expect((await parentsOf(editor)).get(top)).toBeNull();
    await nodes.update(editor, { id: low, parentId: top });
    expect((await parentsOf(editor)).get(low)).toBe(top);
  });

  test("cannot either where two moves at once would each be fine by itself", async () => {
    for (let round = 0; round < 10; round += 1) {
      const editor = await anEditor();
      const [one, other] = [await aPage(editor), await aPage(editor)];
      const [belowOne, belowOther] = [await aPage(editor, one), await aPage(editor, other)];
      const moves = await Promise.allSettled([
        nodes.update(editor, { id: one, parentId: belowOther }),
        nodes.update(editor, { id: other, parentId: belowOne }),
      ]);
      const refused = moves.filter(({ status }) => status === "rejected");
      expect(refused).toMatchObject([{ reason: expect.any(BadUserInput) }]);
    }
  });

  test("that trades places with another at once gets a clear answer, not a deadlock", async () => {
    for (let round = 0; round < 10; round += 1) {
      const editor = await anEditor();
      const [one, other] = [await aPage(editor), await aPage(editor)];
      const moves = await Promise.allSettled([
        nodes.update(editor, { id: one, parentId: other }),
        nodes.update(editor, { id: other, parentId: one }),
      ]);
      const refused = moves.filter(({ status }) => status === "rejected");
      expect(refused).toMatchObject([{ reason: expect.any(BadUserInput) }]);
    }
  });

  test("cannot be deleted while another lies below it", async () => {
    const editor = await anEditor();
    const top = await aPage(editor);
    const low = await aPage(editor, top);
    await expect(nodes.remove(editor, { id: top })).rejects.toThrow(Conflict);
    expect((await parentsOf(editor)).size).toBe(2);
    expect(await eventsOf(editor)).toHaveLength(2);
    await nodes.remove(editor, { id: low });
    await nodes.remove(editor, { id: top });
    expect((await parentsOf(editor)).size).toBe(0);
  });
});

describe("a deleted post", () => {
  test("leaves nothing but a tombstone and an event, both at a revision after its last", async () => {
    const editor = await anEditor();
    const body = { format: "html", source: "x" };
    const { id } = await aNode(editor, {
      translations: [{ locale: "en", slug: "hello", title: "Hello", body }],
    });
    await nodes.publish(editor, { id });
    await nodes.remove(editor, { id, revision: 2 });
    expect(await parentsOf(editor)).toEqual(new Map());
    expect(Object.values(await rowsOf(id)).flat()).toEqual([]);
    expect(await tombstonesOf(editor)).toEqual([{ id, kind: "node", revision: 3 }]);
    expect((await eventsOf(editor)).at(-1)).toEqual({
      type: "node.deleted",
      payload: { nodeId: id, kind: "post", revision: 3 },
    });
  });

  test("takes its comments and their answers with it, each with its tombstone and event", async () => {
    const editor = await anEditor();
    const [post, other] = [await aNode(editor), await aNode(editor)];
    const comment = await aComment(editor, post.id);
    const answer = await aComment(editor, comment);
    await nodes.unpublish(editor, { id: answer });
    const elsewhere = await aComment(editor, other.id);
    const before = (await eventsOf(editor)).length;
    await nodes.remove(editor, { id: post.id });

    expect([...(await parentsOf(editor)).keys()].toSorted()).toEqual(
      [other.id, elsewhere].toSorted(),
    );
    expect(await tombstonesOf(editor)).toEqual([
      { id: post.id, kind: "node", revision: 2 },
      { id: comment, kind: "node", revision: 2 },
      { id: answer, kind: "node", revision: 3 },
    ]);
    const deleted = (nodeId: string, kind: string, revision: number) => ({
      type: "node.deleted",
      payload: { nodeId, kind, revision },
    });
    expect((await eventsOf(editor)).slice(before)).toEqual([
      deleted(comment, "comment", 2),
      deleted(answer, "comment", 3),
      deleted(post.id, "post", 2),
    ]);
  });

  test("that has more than comments below it keeps them all", async () => {
    const editor = await anEditor();
    const post = await aNode(editor);
    const comment = await aComment(editor, post.id);
    await aPage(editor, post.id);
    await expect(nodes.remove(editor, { id: post.id })).rejects.toThrow(Conflict);
    expect((await parentsOf(editor)).get(comment)).toBe(post.id);
    expect(await tombstonesOf(editor)).toEqual([]);
    expect(await eventsOf(editor)).not.toContainEqual(
      expect.objectContaining({ type: "node.deleted" }),
    );
  });
});

async function tombstonesOf(ctx: RequestContext): Promise<unknown[]> {
  const { rows } = await owner.query(
    `select aggregate_id as id, kind, revision::int from tombstones where tenant_id = $1
     order by aggregate_id`,
    [ctx.tenant.id],
  );
  return rows;
}
